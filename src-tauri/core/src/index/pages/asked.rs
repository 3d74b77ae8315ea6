//! A page that can be asked for, told by its address and by whose it is. The same address stands in the
//! page's own sidebar, as the entry that is active.

use super::PageKind;
use trustdesk_domain::normalize_project_name;

/// A page that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// *Your projects*.
    Projects,
    /// The *Publishing* page of the project with this normalized name.
    Publishing(String),
    /// The account's own *Publishing* page.
    AccountPublishing,
    /// The *Publishing* page of the organization with this name.
    OrganizationPublishing(String),
    /// The history of the project with this normalized name.
    History(String),
}

impl Asked {
    /// The page at this path; a project's name may have any spelling. None: it is no such page.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix("/manage/")?.split('/').collect();
        Some(match parts.as_slice() {
            ["projects", ""] => Self::Projects,
            ["project", name, "settings", "publishing", ""] => Self::publishing(name),
            ["account", "publishing", ""] => Self::AccountPublishing,
            ["organization", name, "publishing", ""] => Self::organization_publishing(name),
            ["project", name, "history", ""] => Self::history(name),
            _ => return None,
        })
    }

    /// The *Publishing* page of a project, under any spelling of its name.
    #[must_use]
    pub fn publishing(project: &str) -> Self {
        Self::Publishing(normalize_project_name(project))
    }

    /// The *Publishing* page of an organization, whose names are compared as those of projects are.
    #[must_use]
    pub fn organization_publishing(organization: &str) -> Self {
        Self::OrganizationPublishing(normalize_project_name(organization))
    }

    /// The history of a project, under any spelling of its name.
    #[must_use]
    pub fn history(project: &str) -> Self {
        Self::History(normalize_project_name(project))
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> PageKind {
        match self {
            Self::Projects => PageKind::Projects,
            Self::Publishing(_) => PageKind::Publishing,
            Self::AccountPublishing => PageKind::AccountPublishing,
            Self::OrganizationPublishing(_) => PageKind::OrganizationPublishing,
            Self::History(_) => PageKind::History,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_names_a_page_and_whose_it_is() {
        let publishing = |path: &str| Asked::of(path);
        let asked = Some(Asked::Publishing("fancy-name-here".to_owned()));
        for name in ["Fancy.Name_here", "fancy-name-here", "FANCY--NAME__HERE"] {
            let path = format!("/manage/project/{name}/settings/publishing/");
            assert_eq!(publishing(&path), asked, "{name}");
        }
        assert_ne!(publishing("/manage/project/fancy-name/settings/publishing/"), asked);
        let path = "/manage/organization/sea-lab/publishing/";
        let of_organization = Asked::OrganizationPublishing("sea-lab".to_owned());
        assert_eq!(Asked::of(path), Some(of_organization));
        assert_eq!(Asked::of("/manage/projects/"), Some(Asked::Projects));
        assert_eq!(Asked::of("/manage/account/publishing/"), Some(Asked::AccountPublishing));
        let path = "/manage/project/demo/history/";
        assert_eq!(Asked::of(path), Some(Asked::History("demo".to_owned())));
        for other in [
            "",
            "/manage/projects",
            "/manage/projects/?a",
            "/manage/project/demo/settings/publishing",
            "/manage/project/a/b/settings/publishing/",
            "/manage/project/demo/settings/",
            "//evil.example/manage/projects/",
            "https://index.example/manage/projects/",
        ] {
            assert_eq!(Asked::of(other), None, "{other}");
        }
    }
}
