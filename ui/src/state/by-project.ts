export interface OfProject<T> {
  project: string;
  items: T[];
}

/** Things by the project they are about, in the order in which the first of each came. */
export function byProject<T extends { project: string }>(things: T[]): OfProject<T>[] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(thing.project);
    if (group) group.push(thing);
    else groups.set(thing.project, [thing]);
  }
  return [...groups].map(([project, items]) => ({ project, items }));
}
