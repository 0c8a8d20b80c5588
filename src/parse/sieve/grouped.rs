//! In which order literals are searched for. The search looks at four bytes at a time and puts literals into eight groups, one after
//! the other; of a group it asks at each of the four places for any of its bytes, by halves of a byte. A group of unlike literals
//! so takes much for a match that is none, which costs as much as a thousand bytes passed over. The order changes nothing else.

/// Groups of the search.
const GROUPS: usize = 8;

/// Literals of a group, at most: with more the search takes twice as long.
const MOST: usize = 4;

/// Bytes at the beginning of a literal that are looked at.
const LOOKED_AT: usize = 4;

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

    /// How many texts of four bytes it takes for its own.
    fn count(self) -> u32 {
        self.0.iter().map(|(low, high)| low.count_ones() * high.count_ones()).product()
    }
}

/// The literals in an order that puts alike ones into a group, some of them more than once so that all groups are as large. Too
/// many to be grouped stay as they are.
pub(super) fn grouped<'l>(literals: &[&'l str]) -> Vec<&'l str> {
    let Some(groups) = groups(literals) else { return literals.to_vec() };
    let rows = groups.iter().map(Vec::len).max().unwrap_or_default();
    let of_row = |row: usize| groups.iter().filter_map(move |group| group.get(row).or(group.last()).copied());
    (0..rows).flat_map(of_row).collect()
}

/// Joins the two groups that are most alike until there are few enough.
fn groups<'l>(literals: &[&'l str]) -> Option<Vec<Vec<&'l str>>> {
    let mut groups: Vec<(Halves, Vec<&str>)> =
        literals.iter().map(|literal| (Halves::of(literal), vec![*literal])).collect();
    while groups.len() > GROUPS {
        let pairs = (0..groups.len()).flat_map(|second| (0..second).map(move |first| (first, second)));
        let joined = |(first, second): (usize, usize)| {
            let ((one, of_one), (other, of_other)) = (groups.get(first)?, groups.get(second)?);
            let fits = of_one.len() + of_other.len() <= MOST;
            fits.then(|| (one.with(*other).count(), first, second))
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

    #[test]
    fn alike_literals_are_a_group() {
        let literals =
            ["#sho", "CALL", "Lice", ">sho", "CAPP", "Regi", "#sh ", "AUTH", "KEY_", "SMAR", "SAEV", "UNSY"];
        let order = grouped(&literals);
        assert_eq!(order.len() % GROUPS, 0, "{order:?}");
        assert_eq!(order.iter().collect::<BTreeSet<_>>(), literals.iter().collect());
        let group_of = |literal: &str| order.iter().position(|it| *it == literal).map(|at| at % GROUPS);
        for (one, other) in [("#sho", ">sho"), ("SMAR", "SAEV"), ("CALL", "CAPP")] {
            assert_eq!(group_of(one), group_of(other), "{order:?}");
        }
    }

    #[test]
    fn few_stay_and_too_many_stay() {
        assert_eq!(grouped(&["PKI-", "SMART"]), ["PKI-", "SMART"]);
        let many: Vec<String> = (0..40).map(|number| format!("{number:04}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(grouped(&many), many);
    }
}
