//! The strict server: connections go in, answers come out as the weather permits, and the ledger is kept.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::desk::{self, Input, Operation};
use crate::http::{self, Answer, Request};
use crate::ledger::{Ledger, Said};
use crate::virtual_time::{self, settle};
use crate::weather::{Acts, Body, Cut, Gateway, Says, Telling, Weather};

/// How long an answer takes at most, and one that is slow.
pub(crate) const LATENCY: Duration = Duration::from_millis(200);
const SLOW: Duration = Duration::from_secs(7);
/// When a server acts that nobody waits for any more.
const LATE: Duration = Duration::from_secs(40);

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) ledger: Ledger,
    pub(crate) weather: Weather,
    /// The operation of the run. Requests of another one always find good weather.
    pub(crate) operation: Operation,
    /// Whether one bad input refuses its whole batch.
    pub(crate) refuses_batches: bool,
    /// The token that is taken, and how many requests more until another one is.
    pub(crate) token: u64,
    pub(crate) token_lasts: usize,
}

/// A server on this machine, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) url: String,
    state: Arc<Mutex<State>>,
    _tasks: JoinSet<()>,
}

impl Server {
    pub(crate) async fn start(weather: Weather, operation: Operation) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let state = State {
            ledger: Ledger::default(),
            weather,
            operation,
            refuses_batches: false,
            token: 0,
            token_lasts: usize::MAX,
        };
        let state = Arc::new(Mutex::new(state));
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, Arc::clone(&state)));
        Self {
            url,
            state,
            _tasks: tasks,
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn shared(&self) -> Arc<Mutex<State>> {
        Arc::clone(&self.state)
    }
}

/// The token that a server takes which has changed it so often.
pub(crate) fn token(number: u64) -> String {
    format!("token-number-{number}")
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        virtual_time::something_happened();
        connections.spawn(converse(stream, Arc::clone(&state)));
        while connections.try_join_next().is_some() {}
    }
}

/// What becomes of a connection.
enum After {
    KeepOpen,
    Close,
    Reset,
}

async fn converse(mut stream: TcpStream, state: Arc<Mutex<State>>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(request) = http::read(&mut stream, &mut buffer).await? {
        let exchange = Exchange::new(&state, &request);
        let after = exchange.run(&mut stream, &mut buffer, &state).await;
        if let Some(number) = exchange.number {
            state.lock().unwrap().ledger.close(number);
        }
        virtual_time::something_happened();
        match after? {
            After::KeepOpen => {}
            After::Close => return stream.shutdown().await,
            After::Reset => return stream.set_zero_linger(),
        }
    }
    Ok(())
}

/// A request with what happens to it.
struct Exchange {
    /// In the ledger, where it is of the run.
    number: Option<usize>,
    operation: Operation,
    inputs: Vec<Input>,
    gateway: Gateway,
    answer: Answer,
    said: Said,
    latency: Duration,
}

impl Exchange {
    /// Decides, and acts.
    fn new(state: &Mutex<State>, request: &Request) -> Self {
        let mut state = state.lock().unwrap();
        let state = &mut *state;
        let operation = Operation::at(&request.path);
        let inputs = Input::all(operation, &request.body);
        let is_of_run = operation == state.operation;
        let number = is_of_run.then(|| {
            let names: Vec<_> = inputs.iter().filter_map(|input| input.name.clone()).collect();
            state
                .ledger
                .arrive(inputs.iter().map(|input| input.mark).collect(), &names)
        });
        let mut gateway = if is_of_run {
            state.weather.next()
        } else {
            Weather::new(0, 0).next()
        };
        // What changes a record late may undo what was changed since; no client could prevent that.
        if gateway.acts == Acts::Late && matches!(operation, Operation::Update | Operation::Upsert) {
            gateway.acts = Acts::Yes;
        }
        let latency = LATENCY.mul_f64(state.weather.random.f64());
        let mut exchange = Self {
            number,
            operation,
            inputs,
            gateway,
            answer: desk::refusal(401, "the token is not taken"),
            said: Said::Refused,
            latency,
        };
        if request.authorization != format!("Bearer {}", token(state.token)) {
            exchange.gateway.says = Says::Own(Telling::Plain);
            exchange.gateway.name = "401";
        } else if state.refuses_batches
            && let Some(refusal) = desk::refuse(&exchange.inputs)
            && exchange.gateway.acts != Acts::No
        {
            exchange.answer = refusal;
            exchange.gateway.acts = Acts::No;
        } else {
            exchange.act(state);
        }
        match state.token_lasts {
            0 => (state.token, state.token_lasts) = (state.token + 1, 30),
            _ => state.token_lasts -= 1,
        }
        if let Some(number) = number {
            state.ledger.met(number, exchange.gateway.name);
        } else {
            state.ledger.others += 1;
        }
        exchange
    }

    fn act(&mut self, state: &mut State) {
        let (acts, says) = (self.gateway.acts, self.gateway.says);
        let telling = match says {
            Says::Own(telling) => telling,
            _ => Telling::Plain,
        };
        self.said = match (acts, says) {
            (Acts::Yes, Says::Own(Telling::Plain | Telling::Shuffled) | Says::Slowly | Says::Closing) => Said::All,
            (Acts::No, Says::Refusal(..)) => Said::Refused,
            _ => Said::Murky,
        };
        let own = if acts == Acts::Late {
            Answer::of(200, "text/plain", "nobody reads this")
        } else if self.number.is_some() {
            desk::act(
                &mut state.ledger,
                self.operation,
                &self.inputs,
                acts,
                telling,
                &mut state.weather.random,
            )
        } else {
            let mut another = Ledger::default();
            desk::act(
                &mut another,
                self.operation,
                &self.inputs,
                acts,
                telling,
                &mut state.weather.random,
            )
        };
        self.answer = match says {
            Says::Refusal(status, header) => desk::refusal(status, "not now").with(header),
            Says::Page(status, Body::Html) => {
                Answer::of(status, "text/html", "<html><h1>Something is wrong</h1></html>")
            }
            Says::Page(status, Body::None) => Answer::of(status, "text/plain", ""),
            Says::Page(status, Body::Foreign) => {
                Answer::of(status, "application/json", r#"{"detail":"something is wrong"}"#)
            }
            _ => own,
        };
    }

    /// Says to the client what it is to be told.
    async fn run(&self, stream: &mut TcpStream, buffer: &mut Vec<u8>, state: &Mutex<State>) -> io::Result<After> {
        // Whoever has left must have been noticed before anybody is compared with anybody.
        settle().await;
        if let Some(number) = self.number {
            state.lock().unwrap().ledger.compare(number);
        }
        let time = if self.gateway.says == Says::Slowly {
            SLOW
        } else {
            self.latency
        };
        tokio::select! {
            () = sleep(time) => {}
            () = http::left(stream, buffer) => return Ok(After::Close),
        }
        let (head, body) = self.answer.bytes();
        let after = match self.gateway.says {
            Says::Nothing => {
                http::left(stream, buffer).await;
                if self.gateway.acts == Acts::Late
                    && let Some(number) = self.number
                {
                    state.lock().unwrap().ledger.close(number);
                    sleep(LATE).await;
                    let mut state = state.lock().unwrap();
                    let State { ledger, weather, .. } = &mut *state;
                    desk::act(
                        ledger,
                        self.operation,
                        &self.inputs,
                        Acts::Yes,
                        Telling::Plain,
                        &mut weather.random,
                    );
                }
                return Ok(After::Close);
            }
            Says::Reset(cut) => {
                match cut {
                    Cut::BeforeTheHead => {}
                    Cut::InTheHead => stream.write_all(&head[..head.len() / 2]).await?,
                    Cut::InTheBody => {
                        stream.write_all(&head).await?;
                        stream.write_all(&body[..body.len() / 2]).await?;
                    }
                }
                // What is read is not lost by the reset.
                virtual_time::something_happened();
                settle().await;
                return Ok(After::Reset);
            }
            Says::Short => {
                let part = if body.is_empty() {
                    &head[..head.len() - 2]
                } else {
                    &head
                };
                stream.write_all(part).await?;
                stream.write_all(&body[..body.len() / 2]).await?;
                return Ok(After::Close);
            }
            Says::Closing => After::Close,
            Says::Own(_) | Says::Page(..) | Says::Refusal(..) | Says::Slowly => After::KeepOpen,
        };
        stream.write_all(&[&head, body].concat()).await?;
        if let Some(number) = self.number {
            state.lock().unwrap().ledger.said(number, self.said);
        }
        Ok(after)
    }
}
