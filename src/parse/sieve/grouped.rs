//! In which order literals are searched for. The search looks at four bytes at a time and puts literals into eight groups, one after
//! the other, or into sixteen, at half the speed, where they are more than 32; of a group it asks at each of the four places for any of its bytes, by halves of a byte. A group of unlike literals
//! so takes much for a match that is none, which costs as much as two hundred bytes passed over. The order changes nothing else.

/// Groups of the search, and of a search for more literals than these groups may have.
const GROUPS: [usize; 2] = [8, 16];

/// Literals of a group, at most.
const MOST: usize = 4;

/// Bytes at the beginning of a literal that are looked at.
const LOOKED_AT: usize = 4;

/// Lines as most logs have them.
const LOG: &[u8] = include_bytes!("typical.log");

/// What a group takes for its own where it needs not, the less the better: how many texts of four bytes of a typical log, then how
/// many of all.
type Taken = (usize, u32);

/// A literal as the search looks at it.
struct Looked {
    /// The halves of its bytes, as sets of bits, at each place.
    halves: [(u16, u16); LOOKED_AT],
    /// Of each text of a typical log the halves that are as its own, as a set of bits.
    alike: Vec<u8>,
}

impl Looked {
    fn at(literal: &str, log: &[&[u8]]) -> Self {
        let own = literal.bytes().take(LOOKED_AT);
        let mut halves = [(0, 0); LOOKED_AT];
        for (at, byte) in halves.iter_mut().zip(own.clone()) {
            *at = (1 << (byte & 15), 1 << (byte >> 4));
        }
        let alike = |four: &&[u8]| {
            let places = own.clone().zip(*four).enumerate();
            places.fold(0, |all, (place, (own, byte))| {
                let low = u8::from(own & 15 == byte & 15);
                all | (low | u8::from(own >> 4 == byte >> 4) << 1) << (2 * place)
            })
        };
        Self { halves, alike: log.iter().map(alike).collect() }
    }
}

/// The literals, with the texts of a log that a group of some of them may take for its own.
fn looked_at(literals: &[&str]) -> Vec<Looked> {
    let of_log = |log: &[&[u8]]| literals.iter().map(|literal| Looked::at(literal, log)).collect();
    let mut log: Vec<&[u8]> = LOG.windows(LOOKED_AT).collect();
    log.sort_unstable();
    log.dedup();
    let all: Vec<Looked> = of_log(&log);
    let joined = joined(all.iter());
    let log: Vec<&[u8]> =
        log.into_iter().zip(joined).filter(|(_, all)| *all == u8::MAX).map(|it| it.0).collect();
    of_log(&log)
}

/// How many texts of four bytes a group takes for its own.
fn texts<'g>(group: impl Iterator<Item = &'g Looked>) -> u32 {
    let joined = group.fold([(0, 0); LOOKED_AT], |mut all, literal| {
        all.iter_mut().zip(literal.halves).for_each(|(all, own)| *all = (all.0 | own.0, all.1 | own.1));
        all
    });
    joined.iter().map(|(lows, highs)| lows.count_ones() * highs.count_ones()).product()
}

/// How many of those in a typical log.
fn texts_of_log<'g>(group: impl Iterator<Item = &'g Looked>) -> usize {
    joined(group).into_iter().filter(|it| *it == u8::MAX).count()
}

/// Of each text of a log the halves that any of the literals shares.
fn joined<'g>(group: impl Iterator<Item = &'g Looked>) -> Vec<u8> {
    group.fold(Vec::new(), |mut all, literal| {
        all.resize(literal.alike.len(), 0);
        all.iter_mut().zip(&literal.alike).for_each(|(all, own)| *all |= own);
        all
    })
}

/// The literals in an order that puts into a group what it then seldom takes more than, some of them more than once so that all groups
/// are as large. Too many to be grouped stay as they are.
pub(super) fn grouped<'l>(literals: &[&'l str]) -> Vec<&'l str> {
    let Some(count) = GROUPS.into_iter().find(|count| literals.len() <= *count * MOST) else {
        return literals.to_vec();
    };
    let groups = groups(literals, count.min(literals.len()));
    let rows = groups.iter().map(Vec::len).max().unwrap_or_default();
    let of_row = |row: usize| groups.iter().filter_map(move |group| group.get(row).or(group.last()).copied());
    (0..rows).flat_map(of_row).collect()
}

/// So many groups. Literals change places, two at a time, for as long as that makes it better.
fn groups<'l>(literals: &[&'l str], count: usize) -> Vec<Vec<&'l str>> {
    let looked = looked_at(literals);
    // A number of no literal is an empty place.
    let mut places: Vec<usize> = (0..count * MOST).collect();
    let of_group = |places: &[usize], group: usize| {
        let own: Vec<usize> = places.iter().skip(group).step_by(count).copied().collect();
        own.into_iter().filter_map(|literal| looked.get(literal))
    };
    let taken =
        |places: &[usize], group| (texts_of_log(of_group(places, group)), texts(of_group(places, group)));
    let mut all: Vec<Taken> = (0..count).map(|group| taken(&places, group)).collect();
    let mut is_better = true;
    while std::mem::take(&mut is_better) {
        for (one, other) in pairs(places.len()).filter(|(one, other)| one % count != other % count) {
            let both = [one % count, other % count];
            let before = sum(both.iter().filter_map(|group| all.get(*group)));
            places.swap(one, other);
            // Where there is nothing of a log to mend, a glance tells that it is no better.
            let texts: u32 = both.map(|group| texts(of_group(&places, group))).iter().sum();
            let after = (before.0 > 0 || texts < before.1).then(|| both.map(|group| taken(&places, group)));
            let Some(after) = after.filter(|after| sum(after.iter()) < before) else {
                places.swap(one, other);
                continue;
            };
            is_better = true;
            for (group, taken) in both.into_iter().zip(after) {
                all.get_mut(group).into_iter().for_each(|it| *it = taken);
            }
        }
    }
    let literals_of = |group: usize| -> Vec<&str> {
        places.iter().skip(group).step_by(count).filter_map(|at| literals.get(*at)).copied().collect()
    };
    (0..count).map(literals_of).filter(|group| !group.is_empty()).collect()
}

fn sum<'t>(taken: impl Iterator<Item = &'t Taken>) -> Taken {
    taken.fold((0, 0), |all, it| (all.0 + it.0, all.1 + it.1))
}

fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const LITERALS: &[&str] =
        &["#sho", "CALL", "Lice", ">sho", "CAPP", "Regi", "#sh ", "AUTH", "KEY_", "SMAR", "SAEV", "UNSY"];

    #[test]
    fn all_are_there_in_groups_of_a_size() {
        let order = grouped(LITERALS);
        assert_eq!(order.len() % 8, 0, "{order:?}");
        assert_eq!(order.iter().collect::<BTreeSet<_>>(), LITERALS.iter().collect());
        let many: Vec<String> = (0..40).map(|number| format!("{number:04}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(grouped(&many).len() % 16, 0);
        assert_eq!(grouped(&many).iter().collect::<BTreeSet<_>>(), many.iter().collect());
    }

    /// How often one of the groups takes four bytes of a text for its own.
    fn taken(order: &[&str], text: &str) -> usize {
        let takes = |four: &[u8], group: usize| {
            four.iter().enumerate().all(|(place, byte)| {
                let own = || order.iter().skip(group).step_by(8).map(|literal| literal.as_bytes()[place]);
                own().any(|it| it & 15 == byte & 15) && own().any(|it| it >> 4 == byte >> 4)
            })
        };
        let four = text.as_bytes().windows(LOOKED_AT);
        four.filter(|four| (0..8).any(|group| takes(four, group))).count()
    }

    #[test]
    fn a_log_has_little_that_a_group_takes_for_its_own() {
        let log = "<189>Oct 10 00:05:11: %LINK-3-UPDOWN: Interface Gi1/0/7, changed state to up\n\
                   <190>Oct 10 00:05:12: %PKI-6-TRUSTPOINT_CREATE: Trustpoint: SLA created successfully\n\
                   <189>Oct 10 00:05:13: %SEC_LOGIN-5-LOGIN_SUCCESS: Login Success [user: ops]\n";
        let unlike = ["# sho", "SMAR", "Regi", "AUTH", "CALL", "KEY_", "UNSY", "SAEV", "Lice", "> sho"];
        assert!(taken(&unlike, log) > 0);
        assert_eq!(taken(&grouped(&unlike), log), 0);
    }

    #[test]
    fn few_stay_and_too_many_stay() {
        assert_eq!(grouped(&["PKI-", "SMART"]), ["PKI-", "SMART"]);
        let many: Vec<String> = (0..70).map(|number| format!("{number:04}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(grouped(&many), many);
    }
}
