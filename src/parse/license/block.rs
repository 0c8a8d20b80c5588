//! The blocks of a licensing output and the headings that open them.

/// The block in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Block {
    #[default]
    Top,
    Registration,
    Authorization,
    PolicyMode,
    Account,
    Transport,
    Policy,
    Reporting,
    TrustCode,
    Usage,
    Product,
    Agent,
    Statistics,
    /// An exchange of the communication statistics, by its name in fact keys.
    Exchange(&'static str),
    Reports,
    Reservation,
    Certificates,
    Other,
    Export,
    Utility,
    Privacy,
    Ha,
    /// A block without facts: scheduled jobs, purchased licences, telemetry, mapping tables.
    Ignored,
}

/// Headings that stand alone or with a value behind them. `Usage Reporting` is a block of the status and an exchange of the
/// statistics; which it is depends on the block in force.
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
    ("Communication Statistics:", Block::Statistics),
    ("Usage Report Summary:", Block::Reports),
    ("Reservation Info", Block::Reservation),
    ("License Certificates", Block::Certificates),
    ("Other Info", Block::Other),
    ("Export Authorization Key:", Block::Export),
    ("Utility:", Block::Utility),
    ("Data Privacy:", Block::Privacy),
    ("HA Info", Block::Ha),
    ("Evaluation Period:", Block::Authorization),
    ("License Authorizations", Block::Ignored),
    ("License Conversion:", Block::Ignored),
    ("Miscellaneous:", Block::Ignored),
    ("Upcoming Scheduled Jobs", Block::Ignored),
    ("Purchased Licenses:", Block::Ignored),
    ("Specified license reservations:", Block::Ignored),
    ("Last Reporting Not Required:", Block::Ignored),
    ("Device Telemetry Report Summary:", Block::Ignored),
    ("Telemetry Report Summary:", Block::Ignored),
    ("Product Analytics Report Summary:", Block::Ignored),
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
    if matches!(current, Block::Statistics | Block::Exchange(_))
        && let Some((_, name)) = EXCHANGES.iter().find(|(printed, _)| text == *printed)
    {
        return Some((Block::Exchange(name), ""));
    }
    let (block, rest) =
        HEADINGS.iter().find_map(|(heading, block)| Some((*block, text.strip_prefix(heading)?)))?;
    let rest = rest.trim();
    match block {
        _ if rest.is_empty() => Some((block, rest)),
        // "Transport: cslu" of Other Info and "Transport: Callhome" are fields, "Policy:"-like words with text are none.
        Block::Registration | Block::Authorization | Block::PolicyMode | Block::TrustCode => {
            Some((block, rest))
        }
        Block::Transport if rest.starts_with("Type:") => Some((block, rest)),
        _ => None,
    }
}
