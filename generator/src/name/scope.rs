//! Wishes in, names out: in one scope no two are equal, and each depends on nothing but its own text and its twins'.

use std::collections::BTreeSet;

use super::{
    ident::{Name, hash},
    reserved::Namespace,
    words,
};

/// What something would like to be called.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    /// The text that decides between twins, and tells them apart in the end.
    text: String,
    /// How much punctuation the best name does not say.
    lost: usize,
    /// The user's choice, which comes before everything.
    chosen: Option<String>,
    /// The words of the name that it has in the crate of an earlier run.
    kept: Option<Vec<String>>,
    /// What it would be called beside something that has its best name from an earlier run, before all other names.
    beside: Option<Vec<String>>,
    /// Names as words, the best first; never empty.
    names: Vec<Vec<String>>,
}

impl Wish {
    /// The name that follows from the wire text `text`.
    ///
    /// Where a twin has it, a sign that says how to sort is (`-due_at` → `minus_due_at`), then all punctuation is spelled
    /// out (`foo-bar` → `foo_dash_bar`), then the case.
    pub(super) fn wire(text: &str) -> Self {
        let plain = words::words(text);
        let spelled = words::spelled(text);
        let plain = if plain.is_empty() { spelled.clone() } else { plain };
        let case = case(text).map(|case| [plain.as_slice(), &[case.to_owned()]].concat());
        let lost = spelled.len().saturating_sub(plain.len());
        let signed = words::sorting_sign(text).map(|sign| [&[sign.to_owned()], plain.as_slice()].concat());
        let names = [plain].into_iter().chain(signed).chain([spelled]).chain(case).collect();
        Self {
            text: text.to_owned(),
            lost,
            chosen: None,
            kept: None,
            beside: None,
            names,
        }
    }

    /// The same, but `better` before that.
    pub(super) fn preferring(mut self, better: impl Iterator<Item = Vec<String>>) -> Self {
        self.names.splice(0..0, better.filter(|words| !words.is_empty()));
        self
    }

    /// The same, but `worse` after that.
    pub(super) fn or(mut self, worse: impl Iterator<Item = Vec<String>>) -> Self {
        self.names.extend(worse);
        self
    }

    /// The same for something at `place`, which it says where a twin has the same text elsewhere.
    pub(super) fn or_at(mut self, place: &str) -> Self {
        let located = [self.names[0].as_slice(), &words::words(place)].concat();
        // Case says less than a place does.
        let end = self.names.len() - usize::from(case(&self.text).is_some());
        self.beside = Some(located.clone());
        self.names.insert(end, located);
        self.text = format!("{} {place}", self.text);
        self
    }

    /// The same, and `what` behind it where only what has the name from an earlier run stands in the way.
    pub(super) fn or_as(mut self, what: &str) -> Self {
        self.beside = Some([self.names[0].as_slice(), &[what.to_owned()]].concat());
        self
    }

    /// The name of what is called `name` inside of `within`, the nearest last, and is at `place`.
    ///
    /// Where a twin has it, what it is in is said too, the nearest first. Of twins, the one that is in the least keeps it.
    pub(super) fn entry(name: &str, within: &[String], place: &str) -> Self {
        let own = words::words(name);
        let own = if own.is_empty() { words::spelled(name) } else { own };
        let mut names = vec![own.clone()];
        for depth in 1..=within.len() {
            let around = within[within.len() - depth..]
                .iter()
                .flat_map(|name| words::words(name));
            names.push(around.chain(own.iter().cloned()).collect());
        }
        names.push([own, vec!["schema".to_owned()]].concat());
        Self {
            text: place.to_owned(),
            lost: within.len(),
            chosen: None,
            kept: None,
            beside: None,
            names,
        }
    }

    /// The best of `names`, for something that `text` identifies.
    pub(super) fn words(text: impl Into<String>, names: Vec<Vec<String>>) -> Self {
        let text = text.into();
        let mut names: Vec<_> = names.into_iter().filter(|words| !words.is_empty()).collect();
        if names.is_empty() {
            names.push(words::spelled(&text));
        }
        Self {
            text,
            lost: 0,
            chosen: None,
            kept: None,
            beside: None,
            names,
        }
    }

    /// The same, of something whose best name leaves `lost` words of it unsaid.
    pub(super) fn losing(mut self, lost: usize) -> Self {
        self.lost = lost;
        self
    }

    /// The same, unless the user chose.
    pub(super) fn unless(mut self, chosen: Option<&String>) -> Self {
        self.chosen = chosen.cloned();
        self
    }

    /// The same, but `name`, which it has in the crate of an earlier run, before all others: if it is one of those that
    /// follow from its text, as names in `namespace` do, or the best of them with a hash behind it.
    pub(super) fn keeping<N: Name>(mut self, name: Option<&str>, namespace: Namespace) -> Self {
        let Some(name) = name.filter(|_| self.chosen.is_none()) else {
            return self;
        };
        let mut own = self.names.iter().chain(&self.beside).cloned().chain(self.hashed(name));
        self.kept = own.find(|words| N::of(words, namespace).text() == name);
        self
    }

    /// The words of the best name, and the hash at the end of `name`: it may be that of another text, such as of the place
    /// where this was then.
    fn hashed(&self, name: &str) -> Option<Vec<String>> {
        let start = name.trim_end_matches(|char: char| char.is_ascii_hexdigit() && !char.is_ascii_uppercase());
        let is_marked = start.ends_with(['x', 'X']) && [6, 16].contains(&(name.len() - start.len()));
        let hash = format!("x{}", &name[start.len()..]);
        is_marked.then(|| [self.names[0].as_slice(), &[hash]].concat())
    }

    /// What comes before all wishes: the user's choice, or the name of an earlier run.
    fn firm<N: Name>(&self, namespace: Namespace) -> Option<N> {
        let chosen = self.chosen.as_ref().map(|_| self.name(0, namespace));
        chosen.or_else(|| Some(N::of(self.kept.as_ref()?, namespace)))
    }

    /// The words that `name` was made of, where it is one of those wished for.
    pub(super) fn words_of<N: Name>(&self, name: &N, namespace: Namespace) -> Option<Vec<String>> {
        let is_it = |words: &&Vec<String>| N::of(words, namespace).text() == name.text();
        let wished = self.chosen.is_none().then(|| self.names.iter().find(is_it));
        wished.flatten().cloned()
    }

    /// The wish of rank `rank`. Past those that were given, hashes of the text: more and more of them, without end.
    fn name<N: Name>(&self, rank: usize, namespace: Namespace) -> N {
        if let (0, Some(chosen)) = (rank, &self.chosen) {
            return N::exact(chosen, namespace).unwrap_or_else(|| N::of(&words::words(chosen), namespace));
        }
        if let Some(words) = self.names.get(rank) {
            return N::of(words, namespace);
        }
        let round = rank - self.names.len();
        let hash = if round == 0 {
            hash(&self.text)[..6].to_owned()
        } else {
            hash(&format!("{} {round}", self.text))
        };
        N::of(&[self.names[0].as_slice(), &[format!("x{hash}")]].concat(), namespace)
    }
}

/// The case of the letters of a text, or else that of the first of them.
fn case(text: &str) -> Option<&'static str> {
    match (text.contains(char::is_uppercase), text.contains(char::is_lowercase)) {
        (true, false) => Some("upper"),
        (false, true) => Some("lower"),
        (true, true) if text.starts_with(char::is_lowercase) => Some("lower"),
        (true, true) if text.starts_with(char::is_uppercase) => Some("upper"),
        (true, true) | (false, false) => None,
    }
}

/// Names that are taken.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: BTreeSet<String>,
    /// Names that go to none but those who have them in the crate of an earlier run.
    reserved: BTreeSet<String>,
    folds_case: bool,
}

impl Scope {
    /// A scope in which names that differ only in case are equal, as they are on some disks.
    pub(super) fn of_files() -> Self {
        Self {
            folds_case: true,
            ..Self::default()
        }
    }

    /// Keeps `name` for whoever has it in the crate of an earlier run.
    pub(super) fn reserve(&mut self, name: &str) {
        self.reserved.insert(name.to_owned());
    }

    /// Gives everybody in `wishes` a name, in the same order.
    ///
    /// Everybody keeps the name of an earlier run. Any other goes to the one that wishes for it most. Of twins, whose best
    /// wishes are equal, it goes to the one whose text is that name as it stands, or else to one that has less punctuation to
    /// tell it by (`created` before `-created`), or else to the first by text; so neither order nor anybody but a twin counts.
    pub(super) fn settle<N: Name>(&mut self, wishes: &[Wish], namespace: Namespace) -> Vec<N> {
        let mut order: Vec<usize> = (0..wishes.len()).collect();
        order.sort_by_cached_key(|&index| {
            let wish = &wishes[index];
            let is_same = wish.name::<N>(0, namespace).text() == wish.text;
            (wish.chosen.is_none(), !is_same, wish.lost, wish.text.clone())
        });
        let mut names: Vec<Option<N>> = wishes.iter().map(|_| None).collect();
        for &index in &order {
            let firm: Option<N> = wishes[index].firm(namespace);
            names[index] = firm.filter(|name| self.take(name.text()));
        }
        order.retain(|&index| names[index].is_none());
        for rank in 0.. {
            order.retain(|&index| {
                let wish = &wishes[index];
                let name: N = wish.name(rank, namespace);
                let beside = wish
                    .beside
                    .as_ref()
                    .filter(|_| rank == 0 && self.reserved.contains(name.text()));
                let name = beside.map_or(name, |words| N::of(words, namespace));
                let is_free = !self.reserved.contains(name.text()) && self.take(name.text());
                names[index] = is_free.then_some(name);
                !is_free
            });
            if order.is_empty() {
                break;
            }
        }
        names.into_iter().flatten().collect()
    }

    /// Takes `name`, if it is free.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(if self.folds_case {
            name.to_lowercase()
        } else {
            name.to_owned()
        })
    }
}
