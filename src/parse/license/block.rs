//! The blocks of a licensing output and the headings that open them.

use super::strip_word;

/// The block in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Block {
    #[default]
    Top,
    Registration,
    Authorization,
    /// `Evaluation Period:` of old agents: it stands beside a valid authorization and says nothing of its status.
    Evaluation,
    PolicyMode,
    Account,
    Transport,
    Policy,
    Reporting,
    TrustCode,
    Usage,
    Product,
    Agent,
    Jobs,
    Statistics,
    /// An exchange of the communication statistics, by its name in fact keys.
    Exchange(&'static str),
    /// An exchange that no release known here prints: its counters must not be taken for those of the one above.
    UnknownExchange,
    Reports,
    Reservation,
    /// `License Authorizations`, with an s: codes for export-controlled features by member.
    Codes,
    /// `Authorizations:` below them: the licences that the codes allow.
    Authorized,
    /// `Specified license reservations:`.
    Reserved,
    Certificates,
    Other,
    Export,
    Utility,
    Privacy,
    Ha,
    /// Product analytics, which says why its channel to the licensing server is not there (DOMAIN 3.1).
    Analytics,
    /// A block without facts: purchased licences, telemetry, mapping tables.
    Ignored,
}

/// Headings that stand alone or with a value behind them, in any case (NX-OS prints `Smart Licensing using Policy:`).
/// `Usage Reporting` is a block of the status and an exchange of the statistics; which it is depends on the block in force.
const HEADINGS: &[(&str, Block)] = &[
    ("Registration:", Block::Registration),
    ("License Authorization:", Block::Authorization),
    ("License Authorization Status:", Block::Authorization),
    ("Smart Licensing Using Policy:", Block::PolicyMode),
    ("Account Information:", Block::Account),
    ("Transport:", Block::Transport),
    ("Policy:", Block::Policy),
    ("Usage Reporting:", Block::Reporting),
    ("Trust Code Installed:", Block::TrustCode),
    ("License Usage:", Block::Usage),
    ("License Usage", Block::Usage),
    ("Product Information", Block::Product),
    ("HA UDI List:", Block::Product),
    ("Agent Version", Block::Agent),
    ("Upcoming Scheduled Jobs", Block::Jobs),
    ("Communication Statistics:", Block::Statistics),
    ("Usage Report Summary:", Block::Reports),
    ("Reservation Info", Block::Reservation),
    ("License Certificates", Block::Certificates),
    ("Other Info", Block::Other),
    ("Export Authorization Key:", Block::Export),
    ("Utility:", Block::Utility),
    ("Data Privacy:", Block::Privacy),
    ("HA Info", Block::Ha),
    ("Evaluation Period:", Block::Evaluation),
    ("License Authorizations", Block::Codes),
    ("License Conversion:", Block::Ignored),
    ("Smart License Conversion:", Block::Ignored),
    ("Miscellaneous:", Block::Ignored),
    ("Authorizations:", Block::Authorized),
    ("Purchased Licenses:", Block::Ignored),
    ("Specified license reservations:", Block::Reserved),
    ("Last Reporting Not Required:", Block::Ignored),
    ("Device Telemetry Report Summary:", Block::Ignored),
    ("Telemetry Report Summary:", Block::Ignored),
    ("Product Analytics Report Summary:", Block::Analytics),
    ("Device Enforcement State:", Block::Ignored),
    ("Platform Provided Mapping Table", Block::Ignored),
    ("Enforced Licenses:", Block::Ignored),
    ("Smart Licensing Status", Block::Top),
    ("Smart Licensing Tech Support info", Block::Top),
];

/// Exchanges of the communication statistics, as printed and as in fact keys (DOMAIN 1.4).
const EXCHANGES: &[(&str, &str)] = &[
    ("Trust Establishment:", "trust_establishment"),
    ("Trust Acknowledgement:", "trust_acknowledgement"),
    ("Usage Reporting:", "usage_reporting"),
    ("Result Polling:", "result_polling"),
    ("Authorization Request:", "authorization_request"),
    ("Authorization Confirmation:", "authorization_confirmation"),
    ("Authorization Return:", "authorization_return"),
    ("Trust Sync:", "trust_sync"),
    ("Hello Message:", "hello_message"),
    ("Telemetry Reporting:", "telemetry_reporting"),
];

/// The block that a line opens, with what stands behind the heading (`Registration: Status: UNREGISTERED`).
pub(super) fn heading(text: &str, current: Block) -> Option<(Block, &str)> {
    if let Some(exchange) = exchange(text, current) {
        return Some((exchange, ""));
    }
    // This runs on every line; the first letter tells nearly all headings.
    let first = text.bytes().next()?;
    let may_be = |(heading, _): &&(&str, Block)| {
        heading.bytes().next().is_some_and(|letter| letter.eq_ignore_ascii_case(&first))
    };
    let (block, rest) = HEADINGS
        .iter()
        .filter(may_be)
        .find_map(|(heading, block)| Some((*block, strip_word(text, heading)?)))?;
    let rest = rest.trim();
    (rest.is_empty() || opens_with(block, rest)).then_some((block, rest))
}

fn exchange(text: &str, current: Block) -> Option<Block> {
    if !matches!(current, Block::Statistics | Block::Exchange(_) | Block::UnknownExchange) {
        return None;
    }
    if let Some((_, name)) = EXCHANGES.iter().find(|(printed, _)| text.eq_ignore_ascii_case(printed)) {
        return Some(Block::Exchange(name));
    }
    let is_field = text.starts_with("Last ") || text.starts_with("Failure ") || text.starts_with("Attempts");
    let is_heading = HEADINGS.iter().any(|(heading, _)| strip_word(text, heading) == Some(""));
    (text.ends_with(':') && !is_field && !is_heading).then_some(Block::UnknownExchange)
}

/// Whether a heading may have something behind it. `Transport: Smart` of Other Info and `Utility: x` elsewhere are fields.
fn opens_with(block: Block, rest: &str) -> bool {
    match block {
        Block::Registration | Block::Authorization | Block::TrustCode => true,
        Block::PolicyMode | Block::Utility => strip_word(rest, "Status:").is_some(),
        Block::Transport => strip_word(rest, "Type:").is_some(),
        _ => false,
    }
}
