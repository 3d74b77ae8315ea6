// A small copy of core's verdicts for GitHub, enough for the screens. Core's own are the truth.
import type { CheckView, MessageView } from "../bindings";

const message = (text: string): MessageView => ({ key: "fake", args: {}, text });

export function fakeVerdict(fields: Record<string, string>): CheckView {
  const {
    owner = "",
    repository = "",
    workflow_filename: workflow = "",
    environment = "",
  } = fields;
  const errors: Record<string, MessageView[]> = {};
  const warnings: Record<string, MessageView[]> = {};
  if (!owner)
    errors["owner"] = [message("Specify GitHub repository owner (username or organization)")];
  else if (!/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(owner))
    errors["owner"] = [message("Invalid GitHub user or organization name.")];
  if (!repository) errors["repository"] = [message("Specify repository name")];
  else if (!/^[a-zA-Z0-9-_.]+$/.test(repository))
    errors["repository"] = [message("Invalid repository name")];
  if (!workflow) errors["workflow_filename"] = [message("Specify workflow filename")];
  else if (!/\.ya?ml$/.test(workflow))
    errors["workflow_filename"] = [message("Workflow name must end with .yml or .yaml")];
  else if (workflow.includes("/"))
    errors["workflow_filename"] = [
      message("Workflow filename must be a filename only, without directories"),
    ];
  if (!environment)
    warnings["environment"] = [
      message("Without an environment, anyone who can run this workflow can publish."),
    ];
  else if (environment !== environment.toLowerCase())
    warnings["environment"] = [message(`Will be stored as “${environment.toLowerCase()}”.`)];
  const sound = Object.keys(errors).length === 0;
  const suffix = environment ? `, environment ${environment.toLowerCase()}` : ", any environment";
  return {
    errors,
    warnings,
    preview: sound ? `${workflow} in ${owner}/${repository}${suffix}` : null,
  };
}
