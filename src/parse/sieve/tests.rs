//! What is kept and what is passed over.

use std::sync::LazyLock;

use super::*;

static SIEVE: LazyLock<Sieve> = LazyLock::new(|| Sieve::new(&Wanted::new(["PKI-CRL_FETCH_FAIL"])));

fn numbers(text: &str, carry: Carry) -> (Vec<u32>, Carry) {
    let sifted = SIEVE.sift(text.as_bytes(), carry);
    assert_eq!(count_lines(&sifted.bytes) as usize, sifted.numbers.len());
    (sifted.numbers, sifted.carry)
}

#[test]
fn messages_with_what_goes_on_behind_them() {
    let again = "Jan  1 00:00:01 sw1 last message repeated 2 times\n";
    let noise = "Jan  1 00:00:00: %LINK-3-UPDOWN: x\n";
    for (text, expected) in [
        (format!("{noise}{noise}"), (vec![], 0)),
        (format!("{noise}Jan  1 00:00:00: %SMART_LIC-3-COMM_FAILED: x\n{noise}"), (vec![1], 0)),
        (format!("{noise}*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n   Reason : y\n{noise}{noise}"), (vec![1, 2], 0)),
        (format!("{noise}*Jan  1: %PKI-6-TRUSTPOINT_CREATE: x\n{noise}"), (vec![], 0)),
        (format!("{noise}*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n"), (vec![1], 1)),
        (format!("*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n{}{noise}", again.repeat(6)), ((0..=6).collect(), 0)),
        (format!("*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n{again}"), (vec![0, 1], 1)),
        (format!("{noise}%PARSER-5-CFGLOG_LOGGEDCMD: logged command: show license\n"), (vec![], 0)),
    ] {
        assert_eq!(numbers(&text, 0), expected, "{text}");
    }
    assert_eq!(numbers(&format!("   Reason : y\n{noise}"), 1), (vec![0], 0));
    let later = "Jan  1 00:00:00: %SMART_LIC-3-COMM_FAILED: x\n";
    assert_eq!(numbers(&format!("   Reason : y\n{noise}{later}{noise}"), 1), (vec![0, 2], 0));
    assert_eq!(numbers(&format!("{}{noise}", again.repeat(6)), 1), ((0..6).collect(), 0));
}

#[test]
fn all_around_an_output() {
    let noise = "Jan  1 00:00:00: %LINK-3-UPDOWN: x\n".repeat(20_000);
    for head in ["sw1#sh lic all", "--- show license all ---", "show license all", "Smart Licensing Status"] {
        let (numbers, carry) = numbers(&format!("{noise}{head}\n  a\n{noise}"), 0);
        assert!(numbers.first().unwrap() > &19_800 && numbers.first().unwrap() < &20_000, "{head}");
        assert!(numbers.last().unwrap() > &20_002 && numbers.last().unwrap() < &39_000, "{head}");
        assert_eq!(carry, 0);
    }
    let (numbers, carry) = numbers(&format!("{noise}sw1#sh lic all\n"), 0);
    assert_eq!((numbers.last(), carry > BEHIND - 20), (Some(&20_000), true));
}

#[test]
fn a_long_output_is_kept_up_to_the_next() {
    let config = "interface Vlan1\n no shutdown\n".repeat(20_000);
    let text = format!("sw1#show running-config\n{config}");
    for (rest, kept, carry) in [
        (config.as_str(), 80_001, FAR_BEHIND - text.len() - config.len()),
        ("sw1#show license all\n", 40_002, BEHIND - 21),
        ("sw1#show stacks\n", 40_002, BEHIND - 16),
    ] {
        let (numbers, left) = numbers(&format!("{text}{rest}"), 0);
        assert_eq!((numbers.len(), left), (kept, carry), "{}", rest.get(..20).unwrap_or(rest));
    }
    let (numbers, carry) = numbers(&format!("{config}sw1#show license all\n{config}"), 2 * BEHIND);
    assert!((numbers.len(), carry) > (50_000, 0) && numbers.len() < 70_000, "{}", numbers.len());
}

#[test]
fn a_log_is_one_where_nothing_else_stands_in_it() {
    let noise = "Jan  1 00:00:00: %LINK-3-UPDOWN: x\n".repeat(40);
    let log =
        |middle: &str| SIEVE.sift_log(format!("{noise}{middle}{noise}").as_bytes()).map(|it| it.numbers);
    for (middle, expected) in [
        ("", Some(vec![])),
        ("*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n   Reason : y\n", Some(vec![40, 41])),
        ("sw1#show license all\n", None),
        ("Smart Licensing Status\n", None),
        ("sw1(config)#license smart transport smart\n", None),
        ("sw1#license smart sync all\n", None),
        ("<189>7: sw1: Jan  1 00:00:00: %LINK-3-UPDOWN: a -> b #1\n", Some(vec![])),
        ("interface Vlan1\n no shutdown\n".repeat(20).as_str(), None),
    ] {
        assert_eq!(log(middle), expected, "{middle}");
    }
}

#[test]
fn what_stands_before_an_output_is_kept_over_the_edge_of_a_block() {
    let mut all = Sifted::default();
    let mut before: &str = "";
    for block in ["a\nb\n", "c\n*Jan  1: %PKI-3-CRL_FETCH_FAIL: x\n", "sw1#show license all\nd\n"] {
        all.append(&SIEVE.sift(block.as_bytes(), all.carry), before.as_bytes());
        before = block;
    }
    assert_eq!((all.numbers, all.lines, all.reaches_back), (vec![3, 4, 5], 6, false));
    let mut first = Sifted::default();
    first.append(&SIEVE.sift(b"sw1#show license all\n", 0), b"");
    assert!(first.reaches_back);
    let mut second = Sifted::default();
    second.append(&SIEVE.sift(b"a\nb\n", 0), b"");
    second.append(&SIEVE.sift(b"sw1#show license all\n", 0), b"a\nb\n");
    assert_eq!((second.numbers, &*second.bytes), (vec![0, 1, 2], &b"a\nb\nsw1#show license all\n"[..]));
}

#[test]
fn regions_join() {
    let mut regions = Vec::new();
    for region in [5..10, 20..30, 28..35, 8..22, 40..50] {
        add(&mut regions, region);
    }
    assert_eq!(regions, [5..35, 40..50]);
}

proptest::proptest! {
    #[test]
    fn lines_are_kept_whole_with_their_numbers(
        picks in proptest::collection::vec(0..6usize, 0..40),
        cuts in proptest::collection::vec(1..8usize, 1..10),
    ) {
        let kinds = [
            "Jan  1 00:00:00: %LINK-3-UPDOWN: x\n",
            "*Jan  1: %PKI-3-CRL_FETCH_FAIL: y\n",
            "   Reason : z\n",
            "sw1#show license all\n",
            "sw1#show running-config\n",
            "\n",
        ];
        let lines: Vec<&str> = picks.iter().filter_map(|at| kinds.get(*at).copied()).collect();
        let (mut all, mut before, mut rest) = (Sifted::default(), String::new(), lines.as_slice());
        for cut in cuts.iter().cycle() {
            let (block, behind) = rest.split_at(rest.len().min(*cut));
            if block.is_empty() {
                break;
            }
            let block = block.concat();
            all.append(&SIEVE.sift(block.as_bytes(), all.carry), before.as_bytes());
            (before, rest) = (block, behind);
        }
        let kept: String = all.numbers.iter().filter_map(|at| lines.get(*at as usize).copied()).collect();
        proptest::prop_assert_eq!(String::from_utf8(all.bytes).unwrap(), kept);
        proptest::prop_assert!(all.numbers.is_sorted_by(|a, b| a < b));
        proptest::prop_assert_eq!(all.lines as usize, lines.len());
        for (number, line) in (0..).zip(&lines) {
            proptest::prop_assert!(!line.contains("CRL_FETCH") || all.numbers.contains(&number), "{}", number);
        }
    }
}
