//! Counts of instructions, from what `valgrind --tool=callgrind` writes.

use std::collections::HashMap;

/// How many instructions were executed within the functions whose names contain each of `functions`, in the same
/// order: their own and those of whatever they called. 0 for a function that was never called.
#[must_use]
pub fn inclusive(report: &str, functions: &[&str]) -> Vec<u64> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut counts = vec![0; functions.len()];
    let mut called = None;
    let mut is_cost_of_call = false;
    for line in report.lines() {
        if is_cost_of_call {
            is_cost_of_call = false;
            let cost: Option<u64> = line
                .split_whitespace()
                .nth(1)
                .and_then(|cost| cost.parse().ok());
            let index = called.and_then(|name: &str| {
                functions
                    .iter()
                    .position(|function| name.contains(function))
            });
            if let (Some(cost), Some(count)) = (cost, index.and_then(|index| counts.get_mut(index)))
            {
                *count += cost;
            }
        } else if let Some(function) = line
            .strip_prefix("cfn=")
            .or_else(|| line.strip_prefix("fn="))
        {
            // A name is given once with its number, and by the number from then on.
            let (number, name) = function.split_once(' ').unwrap_or((function, ""));
            if !name.is_empty() {
                names.insert(number, name);
            }
            if line.starts_with("cfn=") {
                called = names.get(number).copied();
            }
        } else if line.starts_with("calls=") {
            is_cost_of_call = true;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
events: Ir

fn=(1) main
16 4
cfn=(2) bench::by_hand
calls=1 20
17 1000
cfn=(3) bench::generated
calls=1 30
18 900

fn=(2)
20 50
cfn=(4) malloc
calls=7 0
21 950

fn=(5) other
cfn=(3)
calls=1 30
40 11
";

    #[test]
    fn what_a_function_called_counts_for_it() {
        assert_eq!(
            inclusive(REPORT, &["by_hand", "generated", "missing"]),
            [1000, 911, 0]
        );
    }
}
