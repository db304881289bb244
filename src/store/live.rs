//! The snapshot that is being served.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::Error;
use super::folder::Folder;
use super::load::{Loaded, Refusal, load, load_after};
use super::snapshot::Snapshot;
use crate::rdf::Base;

/// What is served, what is refused, and why the folder as it is now is not served, if so.
#[derive(Clone)]
pub struct State {
    /// What is served.
    pub snapshot: Arc<Snapshot>,
    /// What was refused when the snapshot was made.
    pub refused: Arc<Vec<Refusal>>,
    /// Why the last change of the folder was not taken up.
    pub not_taken_up: Option<String>,
}

/// What came of a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The folder says what is already served.
    Unchanged,
    /// The folder is being served.
    TakenUp,
    /// The old snapshot goes on; the text says why.
    NotTakenUp(String),
}

/// A handle on the served state; clones share it.
#[derive(Clone)]
pub struct Live {
    folder: PathBuf,
    base: Base,
    state: Arc<RwLock<State>>,
    /// Held while reloading: of two changes in a row, the later must win.
    reloading: Arc<Mutex<()>>,
    listeners: Arc<Mutex<Vec<Listener>>>,
    preparers: Arc<Mutex<Vec<Preparer>>>,
}

/// What is done with a snapshot before it is served.
type Preparer = Box<dyn Fn(&Snapshot) + Send + Sync>;

/// What is done when something else is served.
type Listener = Box<dyn Fn() + Send + Sync>;

impl Live {
    /// Loads a folder. What does not hold is refused and named; the rest is served.
    pub fn open(folder: PathBuf, base: Base) -> Result<Self, Error> {
        let Loaded { snapshot, refused } = load(&Folder::read(&folder)?, &base)?;
        let state = State {
            snapshot: Arc::new(snapshot),
            refused: Arc::new(refused),
            not_taken_up: None,
        };
        Ok(Self {
            folder,
            base,
            state: Arc::new(RwLock::new(state)),
            reloading: Arc::default(),
            listeners: Arc::default(),
            preparers: Arc::default(),
        })
    }

    /// Serves a snapshot that comes from no folder: for the test cases of standards.
    #[doc(hidden)]
    pub fn holding(snapshot: Snapshot) -> Self {
        let state = State {
            snapshot: Arc::new(snapshot),
            refused: Arc::default(),
            not_taken_up: None,
        };
        Self {
            folder: PathBuf::new(),
            base: state.snapshot.base().clone(),
            state: Arc::new(RwLock::new(state)),
            reloading: Arc::default(),
            listeners: Arc::default(),
            preparers: Arc::default(),
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// What is served now.
    pub fn state(&self) -> State {
        // A panic elsewhere cannot leave a half-written state: it is replaced in one step.
        self.state
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The snapshot that is served now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&state.snapshot)
    }

    /// Has something done with each snapshot before it is served, by whoever takes it up, so that
    /// nobody who asks for it has to wait for that.
    pub fn before_taken_up(&self, preparer: impl Fn(&Snapshot) + Send + Sync + 'static) {
        let mut preparers = self
            .preparers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        preparers.push(Box::new(preparer));
    }

    /// Has something done each time when something else is served, by whoever takes it up.
    pub fn when_taken_up(&self, listener: impl Fn() + Send + Sync + 'static) {
        let mut listeners = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        listeners.push(Box::new(listener));
    }

    /// Takes up the folder as it is now, as a whole or not at all.
    ///
    /// A folder in which something is refused that was not refused before would take away
    /// what is being served, so the old snapshot goes on. What was refused all along does not
    /// stand in the way of the rest.
    pub fn reload(&self) -> Outcome {
        let _one_at_a_time = self
            .reloading
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let before = self.snapshot();
        let loaded = Folder::read(&self.folder)
            .and_then(|folder| load_after(&folder, &self.base, Some(&before)));
        if let Ok(loaded) = &loaded {
            let preparers = self
                .preparers
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            for preparer in preparers.iter() {
                preparer(&loaded.snapshot);
            }
        }
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let reason = match &loaded {
            Err(error) => Some(error.to_string()),
            Ok(loaded) => newly_refused(&state, &loaded.refused),
        };
        if let Some(reason) = reason {
            state.not_taken_up = Some(reason.clone());
            return Outcome::NotTakenUp(reason);
        }
        let Ok(loaded) = loaded else {
            return Outcome::Unchanged;
        };
        let same = loaded.snapshot.revision() == state.snapshot.revision()
            && loaded.refused == *state.refused
            && state.not_taken_up.is_none();
        if same {
            return Outcome::Unchanged;
        }
        *state = State {
            snapshot: Arc::new(loaded.snapshot),
            refused: Arc::new(loaded.refused),
            not_taken_up: None,
        };
        drop(state);
        let listeners = self
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for listener in listeners.iter() {
            listener();
        }
        Outcome::TakenUp
    }
}

fn newly_refused(state: &State, refused: &[Refusal]) -> Option<String> {
    let before: BTreeSet<_> = state.refused.iter().map(|refusal| &refusal.what).collect();
    let new: Vec<_> = refused
        .iter()
        .filter(|refusal| !before.contains(&refusal.what))
        .flat_map(|refusal| refusal.findings.iter())
        .map(ToString::to_string)
        .collect();
    (!new.is_empty()).then(|| new.join("\n"))
}
