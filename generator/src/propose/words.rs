//! The name of a parameter or member in, what people mean by it out.

/// What a request says with a parameter, or with a member of its body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// What the page before has said.
    Cursor,
    /// The last item of the page before.
    Last,
    /// The number of the page.
    Number,
    /// How many items come before.
    Offset,
    /// How many items a page has.
    Size,
}

const CURSOR: &[&str] = &[
    "after",
    "aftercursor",
    "bookmark",
    "continuation",
    "continuationtoken",
    "continue",
    "cursor",
    "exclusivestartkey",
    "marker",
    "next",
    "nextcursor",
    "nextid",
    "nextkey",
    "nextmarker",
    "nextpage",
    "nextpagecursor",
    "nextpageid",
    "nextpagekey",
    "nextpagetoken",
    "nextrecordkey",
    "nexttoken",
    "offsettoken",
    "pageafter",
    "pagecursor",
    "pageid",
    "pagekey",
    "pagetoken",
    "paginationtoken",
    "pagingtoken",
    "resumetoken",
    "scrollid",
    "scrolltoken",
    "startcursor",
    "startingtoken",
    "startkey",
    "starttoken",
];
const LAST: &[&str] = &["afterid", "lastid", "startafter", "startafterid", "startingafter"];
const NUMBER: &[&str] = &[
    "currentpage",
    "page",
    "pageindex",
    "pageno",
    "pagenr",
    "pagenum",
    "pagenumber",
];
const OFFSET: &[&str] = &[
    "firstresult",
    "offset",
    "pageoffset",
    "skip",
    "start",
    "startat",
    "startindex",
    "startposition",
    "startrow",
];
const SIZE: &[&str] = &[
    "count",
    "itemsperpage",
    "limit",
    "max",
    "maxitems",
    "maxresults",
    "pagelength",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "rows",
    "size",
    "take",
    "top",
];

/// Members with what the next request is to send, whatever is around them.
const NEXT: &[&str] = &[
    "cursornext",
    "endcursor",
    "lastevaluatedkey",
    "nextafter",
    "nextbookmark",
    "nextcontinuation",
    "nextcontinuationtoken",
    "nextcursor",
    "nextcursorid",
    "nextid",
    "nextkey",
    "nextmarker",
    "nextpagecursor",
    "nextpageid",
    "nextpagekey",
    "nextpagetoken",
    "nextpaginationtoken",
    "nextrecordkey",
    "nextscrollid",
    "nextstartcursor",
    "nextstartingafter",
    "nexttoken",
];
const NEXT_NUMBER: &[&str] = &["nextpage", "nextpagenumber", "nextpageindex"];
const NEXT_OFFSET: &[&str] = &["nextindex", "nextoffset", "nextskip", "nextstart", "nextstartat"];
/// Members with the URL of the next page.
const LINKS: &[&str] = &[
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
];
const MORE: &[&str] = &[
    "hasmore",
    "hasmoreitems",
    "hasmorepages",
    "hasmoreresults",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "morepages",
    "moreresults",
];

/// Members that hold others which tell of pages, and no thing of the API's own.
const AROUND: &[&str] = &[
    "cursor",
    "cursors",
    "envelope",
    "link",
    "links",
    "meta",
    "metadata",
    "next",
    "page",
    "pageinfo",
    "pages",
    "pagination",
    "paginationinfo",
    "paging",
    "responsemetadata",
];
/// Members that hold a whole page.
const WRAPPERS: &[&str] = &[
    "body", "content", "d", "data", "embedded", "output", "page", "payload", "response", "result", "results", "value",
];
/// Lists that are the items wherever they stand.
const ITEMS: &[&str] = &[
    "collection",
    "content",
    "data",
    "elements",
    "entries",
    "entry",
    "items",
    "list",
    "objects",
    "records",
    "resources",
    "result",
    "results",
    "rows",
    "value",
    "values",
];
/// Lists that tell something about the items.
const ASIDE: &[&str] = &[
    "aggregations",
    "columns",
    "error",
    "errors",
    "facets",
    "fields",
    "filters",
    "included",
    "includes",
    "links",
    "meta",
    "notices",
    "schemas",
    "sort",
    "warnings",
];

/// A name without its case and without what joins its words.
pub(super) fn normal(name: &str) -> String {
    let chars = name.chars().filter(char::is_ascii_alphanumeric);
    chars.collect::<String>().to_ascii_lowercase()
}

pub(super) fn is_among(names: &[&str], normal: &str) -> bool {
    names.contains(&normal)
}

/// What a request means by a name.
pub(super) fn role(normal: &str) -> Option<Role> {
    const ROLES: [(Role, &[&str]); 5] = [
        (Role::Cursor, CURSOR),
        (Role::Last, LAST),
        (Role::Number, NUMBER),
        (Role::Offset, OFFSET),
        (Role::Size, SIZE),
    ];
    ROLES
        .into_iter()
        .find(|(_, names)| is_among(names, normal))
        .map(|(role, _)| role)
}

/// Whether what is called so is where a span of time begins, by what else is asked for: `start` and `end`.
pub(super) fn is_range(normal: &str, others: &[String]) -> bool {
    const ENDS: [&str; 10] = [
        "duration", "end", "endat", "enddate", "endtime", "finish", "stop", "till", "to", "until",
    ];
    const STARTS: [&str; 7] = ["begin", "from", "since", "startdate", "starttime", "after", "fromdate"];
    let has = |names: &[&str]| others.iter().any(|other| is_among(names, other));
    match normal {
        "start" | "startat" if has(&["duration", "end", "endat", "stop"]) => true,
        // An end that belongs to another start says nothing.
        "start" | "startat" | "offset" => has(&ENDS) && !has(&STARTS),
        _ => false,
    }
}

/// What the next request is to send, by the name of the member, or of the one around it, that says so.
pub(super) fn leads_to(normal: &str, around: Option<&str>) -> Option<Role> {
    const PAGES: [&str; 7] = ["cursor", "cursors", "meta", "page", "pageinfo", "pagination", "paging"];
    if is_among(NEXT, normal) {
        Some(Role::Cursor)
    } else if is_among(NEXT_NUMBER, normal) {
        Some(Role::Number)
    } else if is_among(NEXT_OFFSET, normal) {
        Some(Role::Offset)
    } else if around == Some("next") {
        match role(normal) {
            Some(Role::Size) | None => None,
            Some(Role::Last) => Some(Role::Cursor),
            role => role,
        }
    } else {
        let is_cursor = match normal {
            "next" => matches!(around, Some("cursor" | "cursors")),
            "after" => around.is_some_and(|around| is_among(&PAGES, around)),
            _ => false,
        };
        is_cursor.then_some(Role::Cursor)
    }
}

/// Whether a member of this name is the URL of the next page, whatever is said of it.
pub(super) fn is_link(normal: &str, around: Option<&str>) -> bool {
    is_among(LINKS, normal)
        || normal == "next" && around.is_some_and(|around| matches!(around, "link" | "links"))
        || around == Some("next") && matches!(normal, "href" | "url" | "uri" | "link")
}

/// Whether a member of this name is the URL of the next page, where it is said to be a URL.
pub(super) fn may_be_link(normal: &str) -> bool {
    matches!(normal, "next" | "nextpage")
}

/// Whether a flag of this name says that another page follows.
pub(super) fn is_more(normal: &str) -> bool {
    is_among(MORE, normal)
}

pub(super) fn is_around(normal: &str) -> bool {
    is_among(AROUND, normal)
}

pub(super) fn is_wrapper(normal: &str) -> bool {
    is_among(WRAPPERS, normal)
}

pub(super) fn is_items(normal: &str) -> bool {
    is_among(ITEMS, normal)
}

pub(super) fn is_aside(normal: &str) -> bool {
    is_among(ASIDE, normal)
}

/// Whether one name has the other in it, both in the singular: `workflow_runs` are what `/runs` lists.
pub(super) fn is_related(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(singular);
    let is_word = |name: &str| name.len() >= 3;
    is_word(&one) && is_word(&other) && (one.contains(&other) || other.contains(&one))
}

fn singular(normal: &str) -> String {
    match normal.strip_suffix("ies") {
        Some(start) => format!("{start}y"),
        None => normal.strip_suffix('s').unwrap_or(normal).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{is_related, normal};

    #[test]
    fn names_are_the_same_in_every_case() {
        assert_eq!(
            ["pageToken", "page_token", "page[token]", "$pageToken"].map(normal),
            ["pagetoken"; 4]
        );
    }

    #[test]
    fn lists_are_what_a_path_ends_with() {
        assert!(is_related("workflowruns", "runs") && is_related("categories", "category"));
        assert!(!is_related("tags", "pets") && !is_related("a", "as"));
    }
}
