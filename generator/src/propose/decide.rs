//! What a request says and what a page has in, how pages follow each other out, or why nobody can tell.

use std::collections::BTreeMap;

use super::{
    answer::{self, Items, Member, Page},
    request::{self, Asked},
    told,
    wish::{Way, Wish},
    words::{self, Role},
};
use crate::ir::{Method, Operation, Types};

/// What was found out about an operation.
pub(super) enum Verdict {
    /// Nothing looks like pages.
    Nothing,
    /// Something does.
    Uncertain(String),
    /// A rule, and the names that lead to the items, which it need not have.
    Certain(Wish, String),
}

/// What parameters that count begin with, by their name, wherever the document says so.
#[derive(Default)]
pub(super) struct Firsts(BTreeMap<String, Vec<u64>>);

impl Firsts {
    pub(super) fn of(operations: &[Operation], types: &Types) -> Self {
        let mut firsts = Self::default();
        for asked in operations.iter().flat_map(|operation| request::of(operation, types)) {
            if let Some(first) = asked.first.filter(|_| asked.doubt.is_none()) {
                firsts.0.entry(asked.normal).or_default().push(first);
            }
        }
        firsts
    }

    /// What one begins with of which nothing is said: as all others of its name.
    fn of_name(&self, normal: &str) -> Option<u64> {
        let (first, others) = self.0.get(normal)?.split_first()?;
        others.iter().all(|other| other == first).then_some(*first)
    }
}

/// Finds out how the pages of an operation follow each other.
pub(super) fn decide(operation: &Operation, types: &Types, firsts: &Firsts) -> Verdict {
    if !request::is_search(operation) {
        return Verdict::Nothing;
    }
    let Some(page) = answer::page(operation, types) else {
        return Verdict::Nothing;
    };
    let asked = request::of(operation, types);
    let scene = Scene {
        is_get: operation.method == Method::Get,
        types,
        firsts,
        page: &page,
        asked: &asked,
    };
    let Some(found) = scene.way() else {
        return Verdict::Nothing;
    };
    let settled = found.and_then(|found| {
        let items = page.items(operation, types)?;
        Ok((scene.wish(found, &items)?, items.path))
    });
    match settled {
        Ok((wish, items)) => Verdict::Certain(wish, items),
        Err(why) => Verdict::Uncertain(why),
    }
}

/// How one page leads to the next.
enum Found<'s> {
    Cursor(String, &'s Asked),
    CursorHeader(String, &'s Asked),
    Link(String),
    LinkHeader,
    Last(&'s Asked),
    Count(&'s Asked, u64),
}

struct Scene<'s> {
    is_get: bool,
    types: &'s Types,
    firsts: &'s Firsts,
    page: &'s Page<'s>,
    asked: &'s [Asked],
}

impl<'s> Scene<'s> {
    /// The most certain way, why none is certain, or nothing where nothing looks like one.
    fn way(&self) -> Option<Result<Found<'s>, String>> {
        let next = self.cursor(true);
        if let Some(found) = next
            .or_else(|| self.link())
            .or_else(|| self.cursor(false))
            .or_else(|| self.header())
        {
            return Some(Ok(found));
        }
        let echo = match self.echo() {
            Some(Err(why)) => Some(Err(why)),
            None => None,
            sure => return sure,
        };
        let last = self.asked_as(Role::Last).next().map(|asked| Ok(Found::Last(asked)));
        let counts = [Role::Number, Role::Offset].into_iter();
        let counts = counts.filter_map(|role| self.asked_as(role).next());
        let mut counts: Vec<_> = counts.map(|asked| self.counted(asked)).collect();
        counts.sort_by_key(Result::is_err);
        // Whoever has something better than a count need not serve every page by it.
        let known = last.or(echo).or_else(|| counts.into_iter().next());
        known.or_else(|| self.unasked().map(Err))
    }

    fn asked_as(&self, role: Role) -> impl Iterator<Item = &'s Asked> {
        self.asked.iter().filter(move |asked| asked.role == role)
    }

    /// What a page says that the next request is to send, and who takes it; `is_next` if it says so by its name.
    fn cursor(&self, is_next: bool) -> Option<Found<'s>> {
        self.texts().find_map(|member| {
            let around = member.around.as_deref();
            let role = words::leads_to(&member.normal, around)?;
            let is_link =
                words::is_link(&member.normal, around) || words::may_be_link(&member.normal) && member.is_url();
            let says_next = member.normal != "after" || around == Some("next");
            if is_link || says_next != is_next {
                return None;
            }
            Some(Found::Cursor(member.path.clone(), self.taker(member, role)?))
        })
    }

    /// The members of a page that can be sent.
    fn texts(&self) -> impl Iterator<Item = &'s Member<'s>> {
        self.page.scalars.iter().filter(|member| !member.is_flag(self.types))
    }

    /// A cursor of a page that may be its own.
    fn echo(&self) -> Option<Result<Found<'s>, String>> {
        let mut cursors = self
            .asked
            .iter()
            .filter(|it| matches!(it.role, Role::Cursor | Role::Last));
        let asked = cursors.next()?;
        let twin = |asked: &'s Asked| self.texts().find(|it| it.normal == asked.normal).map(|it| (asked, it));
        let echo = [asked].into_iter().chain(cursors).find_map(twin);
        // Some pages say under `next` what the next request says under another name.
        let next = self.texts().find(|it| it.normal == "next" && !it.is_url());
        match (echo, next) {
            (Some((asked, member)), _) => {
                let is_next = member.is_of_next() || asked.normal.starts_with("continu") || asked.normal == "scrollid";
                Some(if is_next {
                    Ok(Found::Cursor(member.path.clone(), asked))
                } else {
                    let (path, name) = (&member.path, &asked.path);
                    Err(format!(
                        "whether `{path}` is of the page or of the next one, for `{name}`, is not said"
                    ))
                })
            }
            (None, Some(member)) if asked.role == Role::Cursor => {
                let text = answer::text(member.docs);
                let is_cursor = ["cursor", "token", "marker", "bookmark"]
                    .iter()
                    .any(|word| text.contains(word));
                Some(if is_cursor {
                    Ok(Found::Cursor(member.path.clone(), asked))
                } else {
                    let (path, name) = (&member.path, &asked.path);
                    Err(format!("whether `{path}` is a URL or what `{name}` takes is not said"))
                })
            }
            _ if asked.role == Role::Cursor => {
                let name = &asked.path;
                Some(Err(format!("nothing of a page is known to be what `{name}` takes")))
            }
            _ => None,
        }
    }

    /// Who takes what `member` has for the next page.
    fn taker(&self, member: &Member<'_>, role: Role) -> Option<&'s Asked> {
        let name = member.normal.trim_start_matches("next");
        let may_take = |asked: &&Asked| match role {
            Role::Number => matches!(asked.role, Role::Number | Role::Cursor),
            Role::Offset => matches!(asked.role, Role::Offset | Role::Cursor),
            _ => matches!(asked.role, Role::Cursor | Role::Last),
        };
        let takers: Vec<&Asked> = self.asked.iter().filter(may_take).collect();
        let same = takers
            .iter()
            .find(|it| it.normal == name || it.normal == member.normal)
            .or_else(|| {
                let is_word = |name: &str| name.len() >= 4;
                takers.iter().find(|it| {
                    is_word(name) && it.normal.contains(name) || is_word(&it.normal) && name.contains(&it.normal)
                })
            });
        match (same, takers.as_slice()) {
            (Some(asked), _) | (None, [asked]) => Some(asked),
            (None, _) => None,
        }
    }

    /// The member with the URL of the next page.
    fn link(&self) -> Option<Found<'s>> {
        let mut links = self.texts().filter(|member| {
            words::is_link(&member.normal, member.around.as_deref())
                || words::may_be_link(&member.normal) && member.is_url()
        });
        let link = links.next()?;
        self.is_get.then(|| Found::Link(link.path.clone()))
    }

    /// A header that leads on.
    fn header(&self) -> Option<Found<'s>> {
        const NEXT: [(&str, Role); 8] = [
            ("nextcursor", Role::Cursor),
            ("nextpage", Role::Number),
            ("nextpagetoken", Role::Cursor),
            ("nexttoken", Role::Cursor),
            ("nextoffset", Role::Offset),
            ("continuationtoken", Role::Cursor),
            ("continuation", Role::Cursor),
            ("nextmarker", Role::Cursor),
        ];
        for header in self.page.headers {
            let normal = words::normal(&header.wire);
            let name = normal.trim_start_matches('x').trim_start_matches("ms");
            let role = NEXT.iter().find(|(next, _)| *next == name).map(|(_, role)| *role);
            let taker = role.and_then(|role| {
                self.asked
                    .iter()
                    .find(|asked| asked.role == role || asked.role == Role::Cursor)
            });
            if let Some(asked) = taker {
                return Some(Found::CursorHeader(header.wire.clone(), asked));
            }
        }
        let has_link = self
            .page
            .headers
            .iter()
            .any(|header| header.wire.eq_ignore_ascii_case("link"));
        (self.is_get && has_link && !self.asked.is_empty()).then_some(Found::LinkHeader)
    }

    /// A parameter that counts, with what it begins with.
    fn counted(&self, asked: &'s Asked) -> Result<Found<'s>, String> {
        let Asked { path, normal, text, .. } = asked;
        let is_offset = asked.role == Role::Offset;
        if let Some(doubt) = &asked.doubt {
            return Err(doubt.clone());
        }
        if is_offset && told::may_count_pages(text) {
            return Err(format!("whether `{path}` counts pages or items is not said"));
        }
        let usual = (is_offset && matches!(normal.as_str(), "offset" | "skip")).then_some(0);
        let first = asked.first.or_else(|| self.firsts.of_name(normal)).or(usual);
        match first {
            Some(first) if first <= 1 => Ok(Found::Count(asked, first)),
            Some(first) => Err(format!(
                "`{path}` is {first} by default, and so the first page is not counted as 0 or 1"
            )),
            None if is_offset => Err(format!(
                "whether `{path}` begins with 0 or 1, if it counts items, is not said"
            )),
            None => Err(format!(
                "whether the first `{path}` is 0 or 1 is not said: a `default` would, or `first` in a rule"
            )),
        }
    }

    /// What a page says of others though nobody can ask for them.
    fn unasked(&self) -> Option<String> {
        let scalars = self.page.scalars.iter();
        let mut next = scalars.filter(|it| words::leads_to(&it.normal, it.around.as_deref()).is_some());
        if let Some(member) = next.next() {
            return Some(format!("nothing that can be sent is known to take `{}`", member.path));
        }
        let more = self.page.more(self.types)?;
        Some(format!("nothing leads to what `{}` promises", more.path))
    }

    fn wish(&self, found: Found<'_>, items: &Items<'_>) -> Result<Wish, String> {
        let to = |asked: &Asked| Some((asked.place, asked.path.clone()));
        let more = self.page.more(self.types).map(|member| member.path.clone());
        let (way, to, first) = match found {
            Found::Cursor(member, asked) => (Way::Cursor(member), to(asked), None),
            Found::CursorHeader(header, asked) => (Way::CursorHeader(header), to(asked), None),
            Found::Link(member) => (Way::Link(member), None, None),
            Found::LinkHeader => (Way::LinkHeader, None, None),
            Found::Last(asked) => {
                let item = answer::object(items.item, self.types);
                let has_id = item.is_some_and(|item| item.fields.iter().any(|field| field.wire == "id"));
                if !has_id {
                    return Err(format!("which member of an item `{}` takes is not said", asked.path));
                }
                let names = item
                    .iter()
                    .flat_map(|item| &item.fields)
                    .map(|field| field.wire.as_str());
                if let Some(name) = told::other_member(&asked.text, names) {
                    return Err(format!(
                        "whether `{}` takes the `{name}` or the `id` of an item is not said",
                        asked.path
                    ));
                }
                (Way::Last("id".to_owned()), to(asked), None)
            }
            Found::Count(asked, first) => {
                let is_offset = asked.role == Role::Offset;
                let read = asked.default.filter(|_| asked.place == "parameter");
                let is_said = read.unwrap_or(u64::from(!is_offset)) == first;
                let way = if is_offset { Way::Items } else { Way::Pages };
                (way, to(asked), (!is_said).then_some(first))
            }
        };
        Ok(Wish {
            items: (!items.is_only).then(|| items.path.clone()),
            // A link or a cursor that is not there says it already.
            more: more.filter(|_| !matches!(way, Way::Link(_) | Way::LinkHeader | Way::CursorHeader(_))),
            way,
            to,
            first,
        })
    }
}
