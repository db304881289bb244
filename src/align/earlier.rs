//! Which activities of an earlier edition an activity may continue.

use std::collections::BTreeMap;

use super::likeness::{Vector, cosine};
use super::{Named, in_steps, reading};
use crate::model::{Framework, Iri};

/// The likeness from which one activity may continue another.
const ENOUGH: f64 = 0.25;

/// How near a pair must come to the best pair of either to count beside it.
const BESIDE: f64 = 0.75;

/// How one activity goes on in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// One activity goes on as one: `prov:wasRevisionOf`.
    Continued,
    /// One goes on as several, or several as one: `prov:wasDerivedFrom`.
    SplitOrMerged,
}

/// That an activity may go on from one of an earlier edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Continued {
    /// The activity.
    pub activity: Iri,
    /// The one of the earlier edition.
    pub earlier: Iri,
    /// How.
    pub link: Link,
    /// How alike they are, from 0 to 1.
    pub likeness: f64,
}

/// What activities of an edition may go on from those of an earlier one, by their texts.
pub fn earlier(plan: Named<'_>, before: Named<'_>) -> Vec<Continued> {
    let nothing = Framework {
        iri: plan.0.clone(),
        id: String::new(),
        names: Vec::new(),
        goals: Vec::new(),
    };
    let lexicon = reading::lexicon(plan, &[before], &nothing);
    let idf = reading::idf(&lexicon, plan, &[before]);
    let vectors = |named: Named<'_>| -> BTreeMap<Iri, Vector> {
        let own = reading::own_words(&lexicon, named.1);
        own.into_iter()
            .map(|(iri, own)| (iri, idf.weigh(&own)))
            .collect()
    };
    let (new, old) = (vectors(plan), vectors(before));
    let mut pairs: BTreeMap<(&Iri, &Iri), f64> = BTreeMap::new();
    for (activity, own) in &new {
        for (earlier, other) in &old {
            let likeness = cosine(own, other);
            if likeness >= ENOUGH {
                pairs.insert((activity, earlier), likeness);
            }
        }
    }
    let best = |of: &dyn Fn(&(&Iri, &Iri)) -> bool| {
        let all = pairs.iter().filter(|(pair, _)| of(pair));
        all.map(|(_, likeness)| *likeness).fold(0.0, f64::max)
    };
    let near: Vec<((&Iri, &Iri), f64)> = pairs
        .iter()
        .filter(|((activity, earlier), likeness)| {
            let best = best(&|pair| pair.0 == *activity).max(best(&|pair| pair.1 == *earlier));
            **likeness >= BESIDE * best
        })
        .map(|(pair, likeness)| (*pair, *likeness))
        .collect();
    let all = near.iter().map(|((activity, earlier), likeness)| {
        let others = near
            .iter()
            .filter(|((a, e), _)| a == activity || e == earlier);
        let link = if others.count() == 1 {
            Link::Continued
        } else {
            Link::SplitOrMerged
        };
        Continued {
            activity: (*activity).clone(),
            earlier: (*earlier).clone(),
            link,
            likeness: in_steps(*likeness),
        }
    });
    all.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Activity, Layer, Plan, Text};

    fn plan(titles: &[&str]) -> Plan {
        let activities = titles.iter().enumerate().map(|(at, title)| {
            let node = Activity {
                title: [(Text::sv(*title), Layer::Stated)].into_iter().collect(),
                ..Activity::default()
            };
            (
                Iri::parse(format!("http://x/{}/{at}", titles.len())).unwrap(),
                node,
            )
        });
        Plan {
            activities: activities.collect(),
            ..Plan::default()
        }
    }

    fn found(new: &[&str], old: &[&str]) -> Vec<Link> {
        let [own, before] = ["http://x/new", "http://x/old"].map(|iri| Iri::parse(iri).unwrap());
        let found = earlier((&own, &plan(new)), (&before, &plan(old)));
        found.iter().map(|one| one.link).collect()
    }

    #[test]
    fn one_goes_on_as_one_or_as_several() {
        const NETS: &str = "Samordna nätverk med kommunerna om välfärd och skola";
        let other = "Bygga ut bredband på landsbygden";
        assert_eq!(
            found(&[NETS, "Utbilda chefer"], &[NETS, other, "Ny e-tjänst"]),
            [Link::Continued]
        );
        let split = [
            "Samordna nätverk med kommunerna om välfärd",
            "Samordna nätverk om skola",
            other,
        ];
        let links = found(&split, &[NETS, "Utbilda chefer"]);
        assert_eq!(links, [Link::SplitOrMerged, Link::SplitOrMerged]);
        assert_eq!(found(&["Utbilda chefer"], &[other, NETS]), []);
    }
}
