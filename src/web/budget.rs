//! What one client's queries may take: query-seconds that are used up and come back, and a
//! number of queries at once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::client::Client;
use crate::sparql::ClientBounds;
use crate::views::Language;

/// How many clients are remembered. With more, those that asked longest ago are forgotten, and
/// with them what they have used.
const REMEMBERED: usize = 100_000;

/// When to try again where nobody can know, in seconds.
const SOON: u64 = 5;

/// Why a client has to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMany {
    /// It has used up its budget.
    Spent {
        /// What it had.
        bounds: ClientBounds,
        /// After how many seconds there will be some again.
        wait: u64,
    },
    /// It has that many queries under way.
    AtOnce(usize),
}

impl TooMany {
    /// After how many seconds to try again.
    pub(super) fn wait(self) -> u64 {
        match self {
            Self::Spent { wait, .. } => wait,
            Self::AtOnce(_) => SOON,
        }
    }

    /// What is wrong and how to get by.
    pub(super) fn detail(self, language: Language) -> String {
        match self {
            Self::Spent { bounds, wait } => {
                let seconds = bounds.seconds.as_secs_f64();
                let rate = bounds.rate.as_secs_f64();
                language.pick(
                    format!("Den tid som en klients frågor får ta är slut. Den är {seconds} sekunder, och {rate} sekunder kommer tillbaka varje sekund. Försök igen om {wait} sekunder. Svar som redan har getts och hela planer som filer kostar ingenting av den."),
                    format!("The time that the queries of one client may take is used up. It is {seconds} seconds, and {rate} seconds come back each second. Try again in {wait} seconds. Answers that have been given before and whole plans as files cost nothing of it."),
                )
            }
            Self::AtOnce(most) => language.pick(
                format!("En klient får ha högst {most} frågor på gång samtidigt. Vänta på ett svar innan du frågar igen."),
                format!("One client may have at most {most} queries under way at once. Wait for an answer before you ask again."),
            ),
        }
    }
}

/// The budgets of all clients; clones share them.
#[derive(Clone, Debug)]
pub(super) struct Budget(Arc<Mutex<Ledger>>);

impl Budget {
    pub(super) fn new(bounds: ClientBounds) -> Self {
        Self(Arc::new(Mutex::new(Ledger::new(bounds, REMEMBERED))))
    }

    /// Lets a query of a client wait and run, if the client has any budget left.
    pub(super) fn admit(&self, client: Client) -> Result<Charge, TooMany> {
        self.ledger().admit(client, Instant::now())?;
        Ok(Charge {
            budget: self.clone(),
            client,
            started: false,
        })
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A query under way. Its time counts from [`Charge::start`] until this is dropped, however the
/// query ends; so whatever runs the query holds it, and not the request, which may go away.
#[derive(Debug)]
pub(super) struct Charge {
    budget: Budget,
    client: Client,
    started: bool,
}

impl Charge {
    /// The query no longer waits but runs.
    pub(super) fn start(&mut self) {
        if !self.started {
            self.started = true;
            self.budget.ledger().start(self.client, Instant::now());
        }
    }
}

impl Drop for Charge {
    fn drop(&mut self) {
        let mut ledger = self.budget.ledger();
        ledger.end(self.client, self.started, Instant::now());
    }
}

/// Who has used how much. Knows no clock.
#[derive(Debug)]
struct Ledger {
    bounds: ClientBounds,
    most: usize,
    accounts: HashMap<Client, Account>,
    /// The clients by when they last asked.
    by_age: BTreeMap<u64, Client>,
    next_age: u64,
}

/// What one client has used. Its budget is what the bounds leave of it, and may be below zero.
#[derive(Debug)]
struct Account {
    /// What was used and has not come back, at that time.
    spent: Duration,
    at: Instant,
    /// How many queries are waiting or running.
    held: usize,
    /// How many of them run.
    running: usize,
    age: u64,
}

impl Account {
    /// Brings the account up to a time: what runs has used, and what has come back.
    fn settle(&mut self, now: Instant, rate: Duration) {
        let passed = now.saturating_duration_since(self.at).as_nanos();
        let used = nanoseconds(passed.saturating_mul(self.running as u128));
        let back = nanoseconds(passed.saturating_mul(rate.as_nanos()) / NANOSECONDS);
        self.spent = self.spent.saturating_add(used).saturating_sub(back);
        self.at = self.at.max(now);
    }

    /// Whether forgetting it makes no difference.
    fn is_blank(&self) -> bool {
        self.held == 0 && self.spent.is_zero()
    }
}

/// How many there are in a second.
const NANOSECONDS: u128 = 1_000_000_000;

fn nanoseconds(many: u128) -> Duration {
    Duration::from_nanos(u64::try_from(many).unwrap_or(u64::MAX))
}

impl Ledger {
    fn new(bounds: ClientBounds, most: usize) -> Self {
        Self {
            bounds,
            most,
            accounts: HashMap::new(),
            by_age: BTreeMap::new(),
            next_age: 0,
        }
    }

    fn admit(&mut self, client: Client, now: Instant) -> Result<(), TooMany> {
        let bounds = self.bounds;
        let age = self.next_age;
        self.next_age += 1;
        let account = self.accounts.entry(client).or_insert_with(|| Account {
            spent: Duration::ZERO,
            at: now,
            held: 0,
            running: 0,
            age,
        });
        account.settle(now, bounds.rate);
        self.by_age.remove(&account.age);
        self.by_age.insert(age, client);
        account.age = age;
        let verdict = if account.held >= bounds.queries {
            Err(TooMany::AtOnce(bounds.queries))
        } else if !bounds.seconds.is_zero() && account.spent >= bounds.seconds {
            let wait = wait(account.spent.saturating_sub(bounds.seconds), bounds.rate);
            Err(TooMany::Spent { bounds, wait })
        } else {
            account.held += 1;
            Ok(())
        };
        self.forget(now);
        verdict
    }

    fn start(&mut self, client: Client, now: Instant) {
        if let Some(account) = self.accounts.get_mut(&client) {
            account.settle(now, self.bounds.rate);
            account.running += 1;
        }
    }

    fn end(&mut self, client: Client, started: bool, now: Instant) {
        if let Some(account) = self.accounts.get_mut(&client) {
            account.settle(now, self.bounds.rate);
            account.held = account.held.saturating_sub(1);
            account.running = account.running.saturating_sub(usize::from(started));
        }
    }

    /// Forgets the oldest accounts, as far as they are blank; with too many accounts also one
    /// that is not, but none with a query under way.
    fn forget(&mut self, now: Instant) {
        let rate = self.bounds.rate;
        while let Some(oldest) = self.by_age.first_entry() {
            let account = self.accounts.get_mut(oldest.get());
            let blank = account.is_none_or(|account| {
                account.settle(now, rate);
                account.is_blank()
            });
            if !blank {
                break;
            }
            self.accounts.remove(&oldest.remove());
        }
        if self.accounts.len() > self.most {
            let idle = |client: &Client| {
                let account = self.accounts.get(client);
                account.is_none_or(|account| account.held == 0)
            };
            let oldest = self.by_age.iter().find(|(_, client)| idle(client));
            if let Some((&age, &client)) = oldest {
                self.by_age.remove(&age);
                self.accounts.remove(&client);
            }
        }
    }
}

/// After how many whole seconds a debt is more than paid.
fn wait(debt: Duration, rate: Duration) -> u64 {
    let seconds = debt.as_nanos().checked_div(rate.as_nanos());
    let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
    seconds.map_or(u64::MAX, |seconds| seconds.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use proptest::prelude::*;

    use super::*;

    const BOUNDS: ClientBounds = ClientBounds {
        seconds: Duration::from_secs(10),
        rate: Duration::from_millis(500),
        queries: 3,
    };

    fn client(number: u32) -> Client {
        Client::from(IpAddr::V4(Ipv4Addr::from_bits(number)))
    }

    /// A ledger and a clock that stands until it is moved.
    struct Clock(Ledger, Instant);

    impl Clock {
        fn over(bounds: ClientBounds) -> Self {
            Self(Ledger::new(bounds, 4), Instant::now())
        }

        fn pass(&mut self, seconds: f64) {
            self.1 += Duration::from_secs_f64(seconds);
        }

        fn begin(&mut self, number: u32) -> Result<(), TooMany> {
            self.0.admit(client(number), self.1)?;
            self.0.start(client(number), self.1);
            Ok(())
        }

        fn end(&mut self, number: u32) {
            self.0.end(client(number), true, self.1);
        }

        /// Runs a query of so many seconds.
        fn run(&mut self, number: u32, seconds: f64) -> Result<(), TooMany> {
            self.begin(number)?;
            self.pass(seconds);
            self.end(number);
            Ok(())
        }
    }

    fn spent(wait: u64) -> Result<(), TooMany> {
        let bounds = BOUNDS;
        Err(TooMany::Spent { bounds, wait })
    }

    #[test]
    fn who_has_used_up_its_budget_waits_until_there_is_some_again() {
        let mut clock = Clock::over(BOUNDS);
        // One that may begin runs to its end: 30 seconds used, 15 back, 5 too many.
        clock.run(1, 30.0).unwrap();
        assert_eq!(clock.begin(1), spent(11));
        clock.pass(9.5);
        assert_eq!(clock.begin(1), spent(1));
        clock.pass(0.5);
        // At zero there is nothing yet.
        assert_eq!(clock.begin(1), spent(1));
        clock.pass(0.1);
        assert_eq!(clock.begin(1), Ok(()));
        assert_eq!(clock.begin(2), Ok(()), "another client");
    }

    #[test]
    fn what_runs_counts_before_it_ends() {
        let mut clock = Clock::over(BOUNDS);
        clock.begin(1).unwrap();
        clock.begin(1).unwrap();
        clock.pass(7.0);
        // Twice 7 used, 3.5 back, 0.5 too many.
        assert_eq!(clock.begin(1), spent(2));
    }

    #[test]
    fn a_budget_is_never_more_than_full() {
        let mut clock = Clock::over(BOUNDS);
        clock.run(1, 1.0).unwrap();
        clock.pass(1_000_000.0);
        clock.run(1, 21.0).unwrap();
        assert_eq!(clock.begin(1), spent(2));
    }

    #[test]
    fn waiting_costs_nothing_but_counts_at_once() {
        let mut clock = Clock::over(BOUNDS);
        for _ in 0..3 {
            clock.0.admit(client(1), clock.1).unwrap();
        }
        clock.pass(1000.0);
        assert_eq!(clock.begin(1), Err(TooMany::AtOnce(3)));
        assert_eq!(clock.begin(2), Ok(()));
        clock.0.end(client(1), false, clock.1);
        assert_eq!(clock.begin(1), Ok(()));
    }

    #[test]
    fn without_a_budget_only_the_number_counts() {
        let seconds = Duration::ZERO;
        let mut clock = Clock::over(ClientBounds { seconds, ..BOUNDS });
        clock.run(1, 1e6).unwrap();
        for _ in 0..3 {
            clock.begin(1).unwrap();
        }
        assert_eq!(clock.begin(1), Err(TooMany::AtOnce(3)));
    }

    #[test]
    fn who_is_full_again_is_forgotten_and_memory_is_bounded() {
        let mut clock = Clock::over(BOUNDS);
        for (number, seconds) in [(0, 16.0), (1, 4.0), (2, 1.0)] {
            clock.run(number, seconds).unwrap();
        }
        assert_eq!(clock.0.accounts.len(), 3);
        clock.pass(20.0);
        clock.begin(3).unwrap();
        assert_eq!(clock.0.accounts.len(), 1, "the others are full again");
        for number in 4..100 {
            clock.run(number, 0.001).unwrap();
            clock.run(number, 1.0).unwrap();
            assert!(clock.0.accounts.len() <= 4);
            assert_eq!(clock.0.accounts.len(), clock.0.by_age.len());
            assert!(clock.0.accounts.contains_key(&client(3)), "it is running");
            assert!(clock.0.accounts.contains_key(&client(number)), "the newest");
        }
    }

    #[test]
    fn a_charge_ends_with_whatever_holds_it() {
        let budget = Budget::new(ClientBounds {
            queries: 1,
            ..BOUNDS
        });
        let mut charge = budget.admit(client(1)).unwrap();
        charge.start();
        charge.start();
        assert_eq!(budget.ledger().accounts[&client(1)].running, 1);
        assert_eq!(budget.admit(client(1)).unwrap_err(), TooMany::AtOnce(1));
        drop(charge);
        let account = |what: fn(&Account) -> usize| what(&budget.ledger().accounts[&client(1)]);
        assert_eq!(account(|account| account.running), 0);
        assert_eq!(account(|account| account.held), 0);
        let stopped = budget.admit(client(1)).unwrap();
        let panicked = std::thread::spawn(move || {
            let _held = stopped;
            std::panic::resume_unwind(Box::new("stopped"));
        });
        assert!(panicked.join().is_err());
        assert!(budget.admit(client(1)).is_ok());
    }

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let bounds = ClientBounds::default();
        for language in Language::ALL {
            let spent = TooMany::Spent { bounds, wait: 7 };
            assert_eq!(spent.wait(), 7);
            let detail = spent.detail(language);
            for part in ["120 ", " 1 ", " 7 "] {
                assert!(detail.contains(part), "{detail}");
            }
            assert!(TooMany::AtOnce(3).detail(language).contains(" 3 "));
        }
    }

    proptest! {
        #[test]
        fn nobody_gets_more_than_burst_and_rate(
            steps in prop::collection::vec((0_u8..3, 0.0_f64..20.0), 1..200),
        ) {
            let deadline = 5.0;
            let mut clock = Clock::over(BOUNDS);
            let mut running: Vec<f64> = Vec::new();
            let (mut used, mut passed) = (0.0, 0.0);
            for (kind, seconds) in steps {
                match kind {
                    0 if clock.begin(1).is_ok() => running.push(0.0),
                    1 if running.pop().is_some() => clock.end(1),
                    _ => {
                        // Whatever runs is stopped at its deadline.
                        let longest = running.iter().copied().fold(0.0, f64::max);
                        let step = f64::min(seconds, deadline - longest);
                        clock.pass(step);
                        passed += step;
                        for time in &mut running {
                            used += step;
                            *time += step;
                        }
                        let over = running.iter().filter(|time| **time >= deadline).count();
                        (0..over).for_each(|_| clock.end(1));
                        running.retain(|time| *time < deadline);
                    }
                }
                let most = 10.0 + passed * 0.5 + deadline * 3.0;
                prop_assert!(used <= most + 0.001, "{} of {}", used, most);
                prop_assert_eq!(
                    clock.0.accounts.get(&client(1)).map_or(0, |account| account.held),
                    running.len()
                );
            }
        }
    }
}
