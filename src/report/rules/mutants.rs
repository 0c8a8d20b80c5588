//! How well examples guard their rules: the share of changes that they notice, and those that they do not.

use crate::diagnose::mutate::site::Change;
use crate::diagnose::mutate::{Report, Share};
use crate::report::Style;
use crate::report::text::{Page, Tone, plural};
use crate::report::words::describe;

/// The survivors by rule, each with its place, and the shares.
pub fn text(reports: &[(Report, String)], style: &Style) -> String {
    let mut page = Page::new(style);
    for (report, path) in reports.iter().filter(|(report, _)| !report.survivors.is_empty()) {
        let all = report.deciding.and(report.steps);
        let head = format!("{} of {} changes noticed", all.caught, all.tried);
        page.hanging(0, (Tone::Strong, &report.rule), Tone::Plain, &head);
        for survivor in &report.survivors {
            let verb = match survivor.change {
                Change::Dropped => "dropped",
                Change::Negated => "negated",
            };
            let what: Vec<String> = describe(&survivor.condition).into_iter().map(|it| it.text).collect();
            page.line(2, &[(Tone::Plain, &format!("{path}:{} {}, {verb}:", survivor.line, survivor.part))]);
            page.paragraph(4, Tone::Faint, &what.join(" "));
        }
        page.gap();
    }
    let total = |share: fn(&Report) -> Share| {
        reports.iter().map(|(report, _)| share(report)).fold(Share::default(), Share::and)
    };
    let (deciding, steps) = (total(|it| it.deciding), total(|it| it.steps));
    let rules = plural(reports.len(), "rule");
    page.line(0, &[(Tone::Plain, &format!("what decides a finding: {}", share(deciding)))]);
    page.line(0, &[(Tone::Plain, &format!("next steps:             {}", share(steps)))]);
    let all = format!("all conditions of {rules}: {}", share(deciding.and(steps)));
    page.line(0, &[(Tone::Strong, &all)]);
    page.finish()
}

fn share(share: Share) -> String {
    let per_mille = share.per_mille();
    format!("{} of {} changes noticed, {}.{} %", share.caught, share.tried, per_mille / 10, per_mille % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::mutate::Survivor;
    use crate::diagnose::mutate::site::Part;
    use crate::rules::Condition;

    #[test]
    fn survivors_come_with_their_place_and_the_shares_last() {
        let survivor = Survivor {
            part: Part::StepVerify(1),
            line: 12,
            change: Change::Negated,
            condition: Condition::Seen("show clock".into()),
        };
        let report = |survivors| Report {
            rule: "clock-offset".into(),
            deciding: Share { caught: 2, tried: 3 },
            steps: Share { caught: 0, tried: 1 },
            survivors,
        };
        let reports =
            [(report(vec![survivor]), "a.yaml".to_owned()), (report(Vec::new()), "b.yaml".to_owned())];
        let style = Style { color: false, unicode: true, width: 80, table: 120, detail: false };
        assert_eq!(
            text(&reports, &style),
            "\
clock-offset 2 of 4 changes noticed
  a.yaml:12 verify of step 2, negated:
    the capture holds the output of show clock

what decides a finding: 4 of 6 changes noticed, 66.6 %
next steps:             0 of 2 changes noticed, 0.0 %
all conditions of 2 rules: 4 of 8 changes noticed, 50.0 %
"
        );
    }
}
