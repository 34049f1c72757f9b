//! What stands between the client and the API: a seed goes in, what happens to each request comes out.

use fastrand::Rng;

/// Whether the server acts on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acts {
    /// On none of its inputs.
    No,
    /// On all that are good.
    Yes,
    /// On some of those.
    Some,
    /// On all that are good, long after the client has given up.
    Late,
}

/// What the client is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// What the API says, told in a way of its own.
    Own(Telling),
    /// This status, with this body.
    Page(u16, Body),
    /// A refusal of the API, with a header.
    Refusal(u16, &'static str),
    /// What the API says, and the connection is reset here.
    Reset(Cut),
    /// What the API says, and the connection ends in good order in the middle of the body.
    Short,
    /// Nothing, for as long as the client waits.
    Nothing,
    /// What the API says, after a time that is bearable.
    Slowly,
    /// What the API says, and the connection is closed without notice.
    Closing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    Plain,
    /// Another order.
    Shuffled,
    /// No ids of the caller's.
    Untraced,
    /// The status of another success.
    Moved,
    /// Some inputs are in no list.
    Forgetful,
    /// Some inputs are in both lists.
    Doubtful,
    /// No lists at all.
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    Html,
    None,
    /// JSON that no part of the API writes.
    Foreign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    BeforeTheHead,
    InTheHead,
    InTheBody,
}

/// Something that happens to a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gateway {
    pub(crate) name: &'static str,
    pub(crate) acts: Acts,
    pub(crate) says: Says,
    /// How many requests more it happens to.
    lasts: usize,
}

const fn row(name: &'static str, acts: Acts, says: Says) -> Gateway {
    Gateway {
        name,
        acts,
        says,
        lasts: 0,
    }
}

/// Something that nobody acts in, for up to so many requests more.
const fn spell(name: &'static str, lasts: usize, says: Says) -> Gateway {
    Gateway {
        name,
        acts: Acts::No,
        says,
        lasts,
    }
}

const CALM: Gateway = row("calm", Acts::Yes, Says::Own(Telling::Plain));

/// All that happens, each as often as the others.
///
/// A refusal in the client's range (400 to 499) is never sent after the server acted: no client could tell.
#[rustfmt::skip]
const GATEWAYS: &[Gateway] = &[
    row("500 after acting", Acts::Yes, Says::Page(500, Body::Foreign)),
    row("502 after acting", Acts::Yes, Says::Page(502, Body::Html)),
    row("503 after acting", Acts::Yes, Says::Page(503, Body::Html)),
    row("503 without a body after acting", Acts::Yes, Says::Page(503, Body::None)),
    row("503 of the API's shape after acting", Acts::Yes, Says::Refusal(503, "Retry-After: 0")),
    row("503 to a part", Acts::Some, Says::Page(503, Body::None)),
    row("504 after acting", Acts::Yes, Says::Page(504, Body::None)),
    row("408 after acting", Acts::Yes, Says::Page(408, Body::Html)),
    row("524 after acting", Acts::Yes, Says::Page(524, Body::Html)),
    row("502 before acting", Acts::No, Says::Page(502, Body::Html)),
    row("503 before acting", Acts::No, Says::Page(503, Body::Html)),
    row("504 before acting", Acts::No, Says::Page(504, Body::Html)),
    row("521 before acting", Acts::No, Says::Page(521, Body::Html)),
    row("400 of a gateway", Acts::No, Says::Page(400, Body::Html)),
    row("401 of a gateway", Acts::No, Says::Page(401, Body::Html)),
    row("403 of a gateway", Acts::No, Says::Page(403, Body::Html)),
    row("403 of a gateway in JSON", Acts::No, Says::Page(403, Body::Foreign)),
    row("404 of a gateway", Acts::No, Says::Page(404, Body::Html)),
    row("404 without a body", Acts::No, Says::Page(404, Body::None)),
    row("409 of a gateway in JSON", Acts::No, Says::Page(409, Body::Foreign)),
    row("413 of a gateway", Acts::No, Says::Page(413, Body::Html)),
    row("422 of a gateway", Acts::No, Says::Page(422, Body::None)),
    row("200 of a gateway", Acts::No, Says::Page(200, Body::Html)),
    row("200 of a gateway after acting", Acts::Yes, Says::Page(200, Body::Html)),
    row("200 of a gateway in JSON", Acts::No, Says::Page(200, Body::Foreign)),
    row("200 without a body", Acts::No, Says::Page(200, Body::None)),
    row("202 of a gateway", Acts::No, Says::Page(202, Body::Foreign)),
    row("302 before acting", Acts::No, Says::Page(302, Body::Html)),
    row("302 after acting", Acts::Yes, Says::Page(302, Body::None)),
    row("reset before acting", Acts::No, Says::Reset(Cut::BeforeTheHead)),
    row("reset after acting", Acts::Yes, Says::Reset(Cut::BeforeTheHead)),
    row("reset in the head", Acts::Yes, Says::Reset(Cut::InTheHead)),
    row("reset in the body", Acts::Yes, Says::Reset(Cut::InTheBody)),
    row("reset after a part", Acts::Some, Says::Reset(Cut::BeforeTheHead)),
    row("short body", Acts::Yes, Says::Short),
    row("held before acting", Acts::No, Says::Nothing),
    row("held after acting", Acts::Yes, Says::Nothing),
    row("held, then acting", Acts::Late, Says::Nothing),
    row("slow", Acts::Yes, Says::Slowly),
    row("closing", Acts::Yes, Says::Closing),
    spell("429", 6, Says::Refusal(429, "X-Nothing: 0")),
    spell("429 with a wait", 6, Says::Refusal(429, "Retry-After: 2")),
    spell("429 with no wait", 6, Says::Refusal(429, "Retry-After: 0")),
    spell("429 of a gateway", 6, Says::Page(429, Body::Html)),
    spell("nothing but 400 of a gateway", 300, Says::Page(400, Body::Html)),
    spell("nothing but 404 of a gateway", 300, Says::Page(404, Body::Html)),
    spell("nothing but 422 of a gateway in JSON", 300, Says::Page(422, Body::Foreign)),
    spell("nothing but 200 of a gateway", 30, Says::Page(200, Body::Html)),
    row("423", Acts::No, Says::Refusal(423, "X-Nothing: 0")),
    row("477", Acts::No, Says::Refusal(477, "Retry-After: 1")),
    row("shuffled", Acts::Yes, Says::Own(Telling::Shuffled)),
    row("untraced", Acts::Yes, Says::Own(Telling::Untraced)),
    row("untraced, in part", Acts::Some, Says::Own(Telling::Untraced)),
    row("moved", Acts::Yes, Says::Own(Telling::Moved)),
    row("forgetful", Acts::Yes, Says::Own(Telling::Forgetful)),
    row("silent in part", Acts::Some, Says::Own(Telling::Plain)),
    row("silent", Acts::No, Says::Own(Telling::Empty)),
    row("silent after acting", Acts::Yes, Says::Own(Telling::Empty)),
    row("in both lists", Acts::Yes, Says::Own(Telling::Doubtful)),
    row("in both lists, in part", Acts::Some, Says::Own(Telling::Doubtful)),
];

#[derive(Debug)]
pub(crate) struct Weather {
    pub(crate) random: Rng,
    /// How many of a hundred requests something happens to.
    share: u8,
    lasting: Option<(Gateway, usize)>,
}

impl Weather {
    pub(crate) fn new(seed: u64, share: u8) -> Self {
        Self {
            random: Rng::with_seed(seed),
            share,
            lasting: None,
        }
    }

    /// What happens to the next request.
    pub(crate) fn next(&mut self) -> Gateway {
        if let Some((gateway, left @ 1..)) = self.lasting {
            self.lasting = Some((gateway, left - 1));
            return gateway;
        }
        if self.random.u8(0..100) >= self.share {
            return CALM;
        }
        let gateway = GATEWAYS[self.random.usize(0..GATEWAYS.len())];
        self.lasting = Some((gateway, self.random.usize(0..=gateway.lasts)));
        gateway
    }
}
