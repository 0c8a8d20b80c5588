//! In which order literals are searched for. The search looks at four bytes at a time and puts literals into eight groups, one after
//! the other; of a group it asks at each of the four places for any of its bytes, by halves of a byte. A group of unlike literals
//! so takes much for a match that is none, which costs as much as two hundred bytes passed over. The order changes nothing else.

/// Groups of the search.
const GROUPS: usize = 8;

/// Literals of a group, at most: with more the search takes twice as long.
const MOST: usize = 4;

/// Bytes at the beginning of a literal that are looked at.
const LOOKED_AT: usize = 4;

/// How often bytes stand among a thousand of a log, roughly; every other stands there once.
const SHARES: &[(&[u8], u64)] = &[
    (b" ", 110),
    (b":012", 40),
    (b"einorast-", 25),
    (b"/EIOPRSTA345.6789d", 15),
    (b"CDFLNUGMcfghlmpuwvy_%\n", 8),
    (b"BHJVXYbk,+()[]<>*=\"'", 2),
];

/// The halves of bytes, as sets of bits, that a group takes for its own at each place.
#[derive(Clone, Copy, Default)]
struct Halves([(u16, u16); LOOKED_AT]);

impl Halves {
    fn of(literal: &str) -> Self {
        let mut halves = Self::default();
        for (at, byte) in halves.0.iter_mut().zip(literal.bytes()) {
            *at = (1 << (byte & 15), 1 << (byte >> 4));
        }
        halves
    }

    fn with(self, other: Self) -> Self {
        let mut joined = self;
        for (at, more) in joined.0.iter_mut().zip(other.0) {
            *at = (at.0 | more.0, at.1 | more.1);
        }
        joined
    }

    /// How often it takes four bytes of a log for its own, in 10^-12 of all bytes.
    fn share(self, shares: &[u64; 256]) -> u64 {
        let of_byte = |(high, low): (usize, usize)| shares.get(high << 4 | low).copied().unwrap_or_default();
        let at = |(lows, highs): (u16, u16)| -> u64 {
            halves_in(highs).flat_map(|high| halves_in(lows).map(move |low| (high, low))).map(of_byte).sum()
        };
        self.0.into_iter().map(at).product()
    }
}

/// The halves of bytes in a set.
fn halves_in(set: u16) -> impl Iterator<Item = usize> {
    (0..16).filter(move |half| set >> half & 1 == 1)
}

/// The share of each byte.
fn shares() -> [u64; 256] {
    let of = |byte: usize| SHARES.iter().find(|(bytes, _)| bytes.iter().any(|it| usize::from(*it) == byte));
    std::array::from_fn(|byte| of(byte).map_or(1, |(_, share)| *share))
}

/// The literals in an order that puts alike ones into a group, some of them more than once so that all groups are as large. Too
/// many to be grouped stay as they are.
pub(super) fn grouped<'l>(literals: &[&'l str]) -> Vec<&'l str> {
    let Some(groups) = groups(literals) else { return literals.to_vec() };
    let rows = groups.iter().map(Vec::len).max().unwrap_or_default();
    let of_row = |row: usize| groups.iter().filter_map(move |group| group.get(row).or(group.last()).copied());
    (0..rows).flat_map(of_row).collect()
}

/// Joins the two groups that together take least for their own until there are few enough.
fn groups<'l>(literals: &[&'l str]) -> Option<Vec<Vec<&'l str>>> {
    let mut groups: Vec<(Halves, Vec<&str>)> =
        literals.iter().map(|literal| (Halves::of(literal), vec![*literal])).collect();
    let shares = shares();
    while groups.len() > GROUPS {
        let pairs = (0..groups.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        let joined = |(first, second): (usize, usize)| {
            let ((one, of_one), (other, of_other)) = (groups.get(first)?, groups.get(second)?);
            let fits = of_one.len() + of_other.len() <= MOST;
            fits.then(|| (one.with(*other).share(&shares), first, second))
        };
        let (_, first, second) = pairs.filter_map(joined).min()?;
        let (halves, literals) = groups.swap_remove(second);
        let into = groups.get_mut(first)?;
        into.0 = into.0.with(halves);
        into.1.extend(literals);
    }
    Some(groups.into_iter().map(|(_, literals)| literals).collect())
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
        assert_eq!(order.len() % GROUPS, 0, "{order:?}");
        assert_eq!(order.iter().collect::<BTreeSet<_>>(), LITERALS.iter().collect());
    }

    /// How often one of the groups takes four bytes of a text for its own.
    fn taken(order: &[&str], text: &str) -> usize {
        let group = |at: usize| {
            let own = order.iter().skip(at).step_by(GROUPS);
            own.fold(Halves::default(), |all, it| all.with(Halves::of(it)))
        };
        let groups: Vec<Halves> = (0..GROUPS).map(group).collect();
        let takes = |four: &[u8], group: &Halves| {
            four.iter()
                .zip(group.0)
                .all(|(byte, (low, high))| low >> (byte & 15) & 1 == 1 && high >> (byte >> 4) & 1 == 1)
        };
        text.as_bytes().windows(LOOKED_AT).filter(|four| groups.iter().any(|it| takes(four, it))).count()
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
        let many: Vec<String> = (0..40).map(|number| format!("{number:04}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(grouped(&many), many);
    }
}
