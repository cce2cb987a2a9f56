//! Who may do what: one line for each way in. What has no line here is refused to everybody.

use xystra_care::role::Role;

/// Who may take a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody, without signing in.
    Anyone,
    /// Everybody who is signed in.
    Everyone,
    /// Who meets clients: owner, clinician, assistant.
    Desk,
    /// Who treats: owner and clinician. Somebody else may look in an emergency, one client at a time, and says why.
    Care,
    /// Who watches: owner and auditor.
    Watch,
    /// The owner.
    Owner,
}

impl Who {
    /// Does it admit a role?
    pub fn admits(self, role: Role) -> bool {
        match self {
            Self::Anyone | Self::Everyone => true,
            Self::Desk => role != Role::Auditor,
            Self::Care => role.treats(),
            Self::Watch => matches!(role, Role::Owner | Role::Auditor),
            Self::Owner => role == Role::Owner,
        }
    }
}

use Who::{Anyone, Care, Desk, Everyone, Owner, Watch};

/// Method, address and who may take it, in the order of the pages.
pub const RULES: &[(&str, &str, Who)] = &[
    // The door.
    ("GET", "/welcome", Anyone),
    ("POST", "/welcome", Anyone),
    ("GET", "/sign-in", Anyone),
    ("POST", "/sign-in", Anyone),
    ("GET", "/sign-in/code", Anyone),
    ("POST", "/sign-in/code", Anyone),
    ("GET", "/join/{token}", Anyone),
    ("POST", "/join/{token}", Anyone),
    ("POST", "/sign-out", Everyone),
    ("POST", "/kiosk", Desk),
    ("GET", "/kiosk/unlock", Everyone),
    ("POST", "/kiosk/unlock", Everyone),
    ("POST", "/emergencies", Everyone),
    ("POST", "/emergencies/{emergency}/seen", Owner),
    ("GET", "/demo/{ticket}", Anyone),
    ("POST", "/theme", Anyone),
    ("GET", "/static/{*path}", Anyone),
    ("GET", "/trust", Anyone),
    ("GET", "/trust/ca.crt", Anyone),
    // Today.
    ("GET", "/", Desk),
    // Clients.
    ("GET", "/clients", Desk),
    ("GET", "/clients/find", Desk),
    ("GET", "/clients/new", Desk),
    ("POST", "/clients/new", Desk),
    ("GET", "/clients/{client}", Desk),
    ("GET", "/clients/{client}/edit", Desk),
    ("POST", "/clients/{client}/edit", Desk),
    ("POST", "/clients/{client}/strike", Care),
    ("GET", "/clients/{client}/merge", Care),
    ("POST", "/clients/{client}/merge", Care),
    ("POST", "/clients/{client}/unmerge", Care),
    ("GET", "/clients/{client}/erase", Owner),
    ("POST", "/clients/{client}/erase", Owner),
    ("GET", "/clients/retention", Owner),
    ("POST", "/clients/{client}/appointments", Desk),
    ("POST", "/appointments/{thread}", Desk),
    ("GET", "/clients/{client}/consent", Desk),
    ("POST", "/clients/{client}/consent", Desk),
    ("POST", "/clients/{client}/consent/{thread}/withdraw", Desk),
    // What a client opens by a link: the link is the key, and reaches no further than itself.
    ("GET", "/c/{token}", Anyone),
    ("POST", "/c/{token}", Anyone),
    ("POST", "/sessions/{thread}/link", Desk),
    ("GET", "/clients/{client}/links", Desk),
    ("POST", "/clients/{client}/links", Desk),
    ("POST", "/episodes/{episode}/link", Care),
    ("GET", "/clients/{client}/page", Care),
    // The clinical record.
    ("GET", "/clients/{client}/episodes/new", Care),
    ("POST", "/clients/{client}/episodes/new", Care),
    ("GET", "/episodes/{episode}", Care),
    ("GET", "/episodes/{episode}/history", Care),
    ("GET", "/episodes/{episode}/intake", Care),
    ("POST", "/episodes/{episode}/intake", Care),
    ("GET", "/episodes/{episode}/screening", Care),
    ("POST", "/episodes/{episode}/screening", Care),
    ("GET", "/episodes/{episode}/findings", Care),
    ("POST", "/episodes/{episode}/findings", Care),
    ("GET", "/findings/{thread}/amend", Care),
    ("POST", "/findings/{thread}/amend", Care),
    ("GET", "/findings/{thread}/strike", Care),
    ("POST", "/findings/{thread}/strike", Care),
    ("GET", "/episodes/{episode}/measurements", Care),
    ("POST", "/episodes/{episode}/measurements", Care),
    ("GET", "/measurements/{thread}/amend", Care),
    ("POST", "/measurements/{thread}/amend", Care),
    ("GET", "/measurements/{thread}/strike", Care),
    ("POST", "/measurements/{thread}/strike", Care),
    ("GET", "/episodes/{episode}/plan", Care),
    ("POST", "/episodes/{episode}/plan", Care),
    ("POST", "/episodes/{episode}/plan/proposal", Care),
    ("GET", "/episodes/{episode}/outlook", Care),
    ("POST", "/episodes/{episode}/outlook/accept", Care),
    ("GET", "/episodes/{episode}/what-if", Care),
    ("GET", "/episodes/{episode}/what-if/answer", Care),
    ("GET", "/episodes/{episode}/report", Care),
    ("POST", "/episodes/{episode}/sessions", Care),
    ("GET", "/sessions/{thread}", Care),
    ("POST", "/sessions/{thread}", Care),
    ("GET", "/sessions/{thread}/recordings", Care),
    ("POST", "/sessions/{thread}/recordings", Care),
    ("GET", "/sessions/{thread}/response", Care),
    ("POST", "/sessions/{thread}/response", Care),
    ("POST", "/episodes/{episode}/notes", Care),
    ("POST", "/notes/{thread}/sign", Care),
    ("POST", "/notes/{thread}/amend", Care),
    ("POST", "/notes/{thread}/addendum", Care),
    ("POST", "/episodes/{episode}/close", Care),
    ("GET", "/recordings", Care),
    ("GET", "/recordings/{recording}", Care),
    ("GET", "/recordings/{recording}/strokes.csv", Care),
    ("POST", "/recordings/{recording}/recompute", Care),
    ("PUT", "/drafts/{form}", Desk),
    ("POST", "/drafts/{form}/discard", Desk),
    // What is known.
    ("GET", "/catalog", Everyone),
    ("GET", "/catalog/conditions/{id}", Everyone),
    ("GET", "/catalog/measures", Everyone),
    ("GET", "/catalog/instruments", Everyone),
    ("GET", "/catalog/screening", Everyone),
    ("GET", "/catalog/advice", Everyone),
    ("GET", "/catalog/claims", Everyone),
    ("GET", "/catalog/questions", Everyone),
    ("GET", "/catalog/atlas", Everyone),
    ("GET", "/catalog/sources", Everyone),
    // The model to try things on: no client stands there.
    ("GET", "/lab", Everyone),
    ("GET", "/lab/contact", Everyone),
    ("GET", "/lab/contact/answer", Everyone),
    ("GET", "/lab/course", Everyone),
    ("GET", "/lab/course/answer", Everyone),
    ("GET", "/lab/validation", Everyone),
    // The practice.
    ("GET", "/settings", Owner),
    ("POST", "/settings", Owner),
    ("GET", "/settings/tools", Care),
    ("POST", "/settings/tools", Care),
    ("GET", "/settings/tools/{thread}", Care),
    ("POST", "/settings/tools/{thread}", Care),
    ("GET", "/settings/outlooks", Care),
    ("GET", "/settings/backup", Owner),
    ("POST", "/settings/backup", Owner),
    ("GET", "/settings/backup/{name}", Owner),
    ("GET", "/settings/people", Owner),
    ("POST", "/settings/people", Owner),
    ("POST", "/settings/people/take-back", Owner),
    ("GET", "/settings/people/{account}", Owner),
    ("POST", "/settings/people/{account}/role", Owner),
    ("POST", "/settings/people/{account}/disable", Owner),
    ("POST", "/settings/people/{account}/enable", Owner),
    ("POST", "/settings/people/{account}/sign-out", Owner),
    ("POST", "/settings/people/{account}/password", Owner),
    ("POST", "/settings/people/{account}/second-factor", Owner),
    ("GET", "/settings/second-factor", Everyone),
    ("POST", "/settings/second-factor", Everyone),
    ("POST", "/settings/second-factor/confirm", Everyone),
    ("POST", "/settings/second-factor/off", Everyone),
    ("GET", "/settings/devices", Everyone),
    ("POST", "/settings/devices", Everyone),
    ("GET", "/settings/password", Everyone),
    ("POST", "/settings/password", Everyone),
    ("GET", "/settings/journal", Watch),
    ("POST", "/settings/journal/check", Watch),
    ("GET", "/settings/about", Everyone),
];

/// Who may take a way; `None` when nobody has said, and so nobody may. `HEAD` is a `GET` without its body.
pub(crate) fn rule(method: &str, path: &str) -> Option<Who> {
    let method = if method == "HEAD" { "GET" } else { method };
    RULES.iter().find(|(known, address, _)| *known == method && *address == path).map(|(_, _, who)| *who)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::routes;

    #[test]
    fn every_way_in_has_a_rule_and_every_rule_a_way_in() {
        let routes = routes();
        for (method, path) in routes.list() {
            assert!(rule(method, path).is_some(), "{method} {path} has no rule in access.rs");
        }
        for (method, path, _) in RULES {
            assert!(routes.list().contains(&(method, path)), "{method} {path} leads nowhere");
        }
    }

    #[test]
    fn no_way_in_has_two_rules() {
        for (at, (method, path, _)) in RULES.iter().enumerate() {
            let before = RULES[..at].iter().any(|(other, address, _)| other == method && address == path);
            assert!(!before, "{method} {path} stands there twice");
        }
    }
}
