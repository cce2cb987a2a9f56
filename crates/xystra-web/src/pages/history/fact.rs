//! What a version says, fact by fact, and what differs from the version before.

/// A name and a value in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) name: String,
    pub(super) value: String,
}

/// A fact that differs; an empty side was not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) name: String,
    pub(super) from: String,
    pub(super) to: String,
}

/// Facts in order; what was not said is left out.
#[derive(Debug, Default)]
pub(super) struct Facts(Vec<Fact>);

impl Facts {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a fact unless its value is empty.
    #[must_use]
    pub(super) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.0.push(Fact { name: name.into(), value });
        }
        self
    }

    /// Adds a fact if there is one.
    #[must_use]
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// Adds several facts.
    #[must_use]
    pub(super) fn and(mut self, facts: impl IntoIterator<Item = (String, String)>) -> Self {
        for (name, value) in facts {
            self = self.with(name, value);
        }
        self
    }

    pub(super) fn finish(self) -> Vec<Fact> {
        self.0
    }
}

/// Facts that differ between two versions, those of the later one first.
pub(super) fn changed(before: &[Fact], after: &[Fact]) -> Vec<Changed> {
    let said = |facts: &[Fact], name: &str| {
        let found = facts.iter().filter(|fact| fact.name == name).map(|fact| fact.value.as_str());
        found.collect::<Vec<_>>().join("; ")
    };
    let mut names: Vec<&str> = Vec::new();
    for fact in after.iter().chain(before) {
        if !names.contains(&fact.name.as_str()) {
            names.push(&fact.name);
        }
    }
    let pairs = names.into_iter().map(|name| Changed {
        name: name.to_owned(),
        from: said(before, name),
        to: said(after, name),
    });
    pairs.filter(|changed| changed.from != changed.to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named() {
        let before = Facts::new().with("Severity", "3 of 3").with("Kind", "tender").with("Remark", "sharp").finish();
        let after = Facts::new().with("Severity", "2 of 3").with("Kind", "tender").with("Remark", "").finish();
        let changes = changed(&before, &after);
        assert_eq!(changes.len(), 2);
        assert_eq!((changes[0].from.as_str(), changes[0].to.as_str()), ("3 of 3", "2 of 3"));
        assert_eq!((changes[1].name.as_str(), changes[1].to.as_str()), ("Remark", ""));
    }
}
