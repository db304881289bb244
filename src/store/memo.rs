//! What follows from a snapshot and nothing else, made when it is first asked for and kept for as
//! long as the snapshot is.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is made of a snapshot, by its type and its name.
#[derive(Clone, Default)]
pub(super) struct Memo(Arc<Mutex<HashMap<(TypeId, String), Slot>>>);

impl std::fmt::Debug for Memo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// Room for one thing; locked while it is made, so that of several who ask one makes it.
type Slot = Arc<Mutex<Option<Made>>>;

type Made = Arc<dyn Any + Send + Sync>;

impl Memo {
    /// The thing of that type and name, made now where it is not there. What could not be made is
    /// tried again by whoever asks next.
    ///
    /// `make` must not ask for the thing it makes.
    pub(super) fn once<T: Any + Send + Sync, E>(
        &self,
        name: &str,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let slot = slots.entry((TypeId::of::<T>(), name.to_owned()));
            Arc::clone(slot.or_default())
        };
        // Whoever panicked while making it left the room empty.
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = slot.as_ref()
            && let Ok(made) = Arc::clone(made).downcast::<T>()
        {
            return Ok(made);
        }
        let thing = Arc::new(make()?);
        let kept: Arc<T> = Arc::clone(&thing);
        *slot = Some(kept);
        Ok(thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn a_thing_is_made_once_and_what_failed_is_tried_again() {
        let memo = Memo::default();
        assert_eq!(memo.once("a", || Err::<u8, _>("full")), Err("full"));
        let number = |value| memo.once("a", || Ok::<u8, Infallible>(value));
        assert_eq!(number(1), Ok(Arc::new(1)));
        assert_eq!(number(2), Ok(Arc::new(1)));
        let other = memo.once("a", || Ok::<_, Infallible>("of another type".to_owned()));
        assert_eq!(other, Ok(Arc::new("of another type".to_owned())));
        assert_eq!(memo.once("b", || Ok::<u8, Infallible>(3)), Ok(Arc::new(3)));
    }
}
