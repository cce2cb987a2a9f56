//! The data dictionary: what each file and column means. It decides which columns there are, so nothing is written that it
//! does not explain.

use std::sync::OnceLock;

use serde::Deserialize;

/// A column as the dictionary has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "[String; 4]")]
pub(super) struct Column {
    /// Its name: a column of the database, or a path into a body.
    pub(super) name: String,
    /// One of the dictionary's types.
    pub(super) kind: String,
    /// Its unit; empty for none.
    pub(super) unit: String,
    /// What it says.
    pub(super) meaning: String,
}

impl From<[String; 4]> for Column {
    fn from([name, kind, unit, meaning]: [String; 4]) -> Self {
        Self { name, kind, unit, meaning }
    }
}

/// Something with a reason or a meaning.
pub(super) type Named = (String, String);

/// The whole dictionary.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Dictionary {
    pub(super) types: Vec<Named>,
    pub(super) everywhere: Vec<Named>,
    pub(super) heading: Vec<Column>,
    pub(super) child: Vec<Column>,
    pub(super) rest: Column,
    pub(super) entry: EntryTable,
    pub(super) step: Vec<Step>,
    pub(super) list: Vec<List>,
    pub(super) table: Vec<Table>,
    pub(super) left_out: Vec<LeftOut>,
}

/// The table that all kinds of entry share.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryTable {
    pub(super) excluded: Vec<Named>,
}

/// A kind of entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub(super) name: String,
    pub(super) meaning: String,
    pub(super) body: Vec<Column>,
}

/// A list within the bodies of a kind of entry: a file of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct List {
    pub(super) name: String,
    /// The kind of entry.
    pub(super) of: String,
    /// Where in its body.
    pub(super) path: String,
    /// For a map: under which name each row has its key.
    pub(super) keyed: Option<String>,
    /// For rows that are plain lists: the names of their places.
    #[serde(default)]
    pub(super) pairs: Vec<String>,
    pub(super) meaning: String,
    pub(super) body: Vec<Column>,
}

/// A table of the database.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) meaning: String,
    pub(super) columns: Vec<Column>,
    /// Columns that stand in no table but follow from the files.
    #[serde(default)]
    pub(super) computed: Vec<Column>,
    /// Paths into its JSON column `body`.
    #[serde(default)]
    pub(super) body: Vec<Column>,
    #[serde(default)]
    pub(super) excluded: Vec<Named>,
}

/// A table that is not exported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeftOut {
    pub(super) table: String,
    pub(super) reason: String,
}

/// A file as it is written: its name, what its rows are, its columns in order, and the columns it leaves out with the reason.
#[derive(Debug)]
pub(super) struct Sheeting {
    pub(super) name: &'static str,
    pub(super) meaning: &'static str,
    /// The kind of entry, for a file of entries.
    pub(super) step: &'static str,
    pub(super) columns: Vec<&'static Column>,
    pub(super) excluded: &'static [Named],
}

/// The embedded dictionary.
pub(super) fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        toml::from_str(include_str!("dictionary.toml")).expect("the embedded dictionary is read by a test")
    })
}

impl Dictionary {
    /// Every file in the order of the dictionary.
    pub(super) fn files(&'static self) -> Vec<Sheeting> {
        let steps = self.step.iter().flat_map(|step| {
            let lists = self.list.iter().filter(move |list| list.of == step.name);
            std::iter::once(self.of_step(step)).chain(lists.map(|list| self.of_list(list)))
        });
        steps.chain(self.table.iter().map(|table| self.of_table(table))).collect()
    }

    /// The file of that name.
    pub(super) fn file(&'static self, name: &str) -> Option<Sheeting> {
        self.files().into_iter().find(|file| file.name == name)
    }

    /// The lists within the bodies of a kind of entry.
    pub(super) fn lists_of(&'static self, step: &str) -> Vec<&'static List> {
        self.list.iter().filter(|list| list.of == step).collect()
    }

    fn of_step(&'static self, step: &'static Step) -> Sheeting {
        let columns = self.heading.iter().chain(&step.body).chain([&self.rest]).collect();
        let (name, meaning) = (step.name.as_str(), step.meaning.as_str());
        Sheeting { name, meaning, step: name, columns, excluded: &self.entry.excluded }
    }

    fn of_list(&'static self, list: &'static List) -> Sheeting {
        let columns = self.child.iter().chain(&list.body).chain([&self.rest]).collect();
        Sheeting { name: &list.name, meaning: &list.meaning, step: &list.of, columns, excluded: &[] }
    }

    fn of_table(&'static self, table: &'static Table) -> Sheeting {
        let rest = (!table.body.is_empty()).then_some(&self.rest);
        let columns = table.columns.iter().chain(&table.computed).chain(&table.body).chain(rest).collect();
        Sheeting { name: &table.name, meaning: &table.meaning, step: "", columns, excluded: &table.excluded }
    }
}

#[cfg(test)]
mod tests;
