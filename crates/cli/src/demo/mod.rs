//! `venue demo`: one story at every venue, side by side; at one venue, told in full.

mod live;

use std::sync::Arc;
use std::time::Instant;

use tokio::task::JoinSet;
use venue_sim::{Sim, Which};

use crate::args;
use crate::call::{runtime, simulate};
use crate::show::{self, BAD, DIM, GOOD, styled};
use crate::stop::{Done, Stop};
use crate::story::{self, Part, Step, Story, Verdict};

pub(crate) fn run(args: &args::Demo, is_json: bool) -> Result<Done, Stop> {
    let mut venues: Vec<Which> = Vec::new();
    for which in if args.venues.is_empty() { &Which::ALL[..] } else { &args.venues } {
        if !venues.contains(which) {
            venues.push(*which);
        }
    }
    runtime()?.block_on(async {
        if args.live {
            return live::run(&venues, is_json).await;
        }
        let began = Instant::now();
        let sim = Arc::new(simulate(&venues).await?);
        let stories = match venues.as_slice() {
            [which] => vec![story::tell(sim, *which, !is_json).await?],
            _ => side_by_side(sim, &venues, is_json).await?,
        };
        let all_good = stories.iter().all(Story::is_good);
        if is_json {
            show::json(&stories)?;
        } else {
            let style = if all_good { GOOD } else { BAD };
            let score = score(&stories);
            show::line(styled(style, format_args!("{score}, in {} s", began.elapsed().as_secs())))?;
        }
        Ok(Done::good(all_good))
    })
}

/// Tells the story at all of them at once, and shows it in one table.
async fn side_by_side(sim: Arc<Sim>, venues: &[Which], is_json: bool) -> Result<Vec<Story>, Stop> {
    if !is_json {
        show::line(format_args!(
            "{} simulated venues on this machine, each with its own client over TLS: about ten seconds …\n",
            venues.len()
        ))?;
    }
    let mut telling = JoinSet::new();
    for which in venues {
        telling.spawn(story::tell(Arc::clone(&sim), *which, false));
    }
    let mut stories = Vec::new();
    while let Some(told) = telling.join_next().await {
        stories.push(told.map_err(Stop::failed)??);
    }
    stories.sort_by_key(|story| venues.iter().position(|which| which.id() == story.venue));
    if !is_json {
        print(&stories)?;
    }
    Ok(stories)
}

/// The venues' columns, and a row for each part of the story.
fn print(stories: &[Story]) -> Result<(), Stop> {
    let headings: Vec<&str> = [""].into_iter().chain(stories.iter().map(|story| story.venue)).collect();
    let rows = Part::ALL.iter().map(|part| {
        let cells = stories.iter().map(|story| story.step(*part).map_or_else(String::new, cell));
        [part.name().to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    });
    // Coloured only now: a table counts what it can't see.
    let mut table = show::table(&headings, rows).to_string();
    for (mark, style) in [('✓', GOOD), ('✗', BAD), ('–', DIM)] {
        table = table.replace(mark, &styled(style, mark));
    }
    show::line(table)?;
    show::line("")?;
    for story in stories {
        for step in story.steps.iter().filter(|step| step.verdict == Verdict::Failed) {
            for words in step.why() {
                show::line(format_args!(
                    "{} {}, {}: {words}",
                    styled(BAD, "✗"),
                    story.venue,
                    step.part.name()
                ))?;
            }
        }
    }
    let of = |count: fn(&Story) -> u64| stories.iter().map(count).sum::<u64>();
    show::line(styled(
        DIM,
        format_args!(
            "✓ measured as it must be   ✗ not as it must be   – the venue has no way to do it   * a limit that is assumed\n\
             the simulators counted {} requests, {} refusals, and {} orders that were executed twice",
            of(|story| story.simulator.requests),
            of(|story| story.simulator.refused),
            of(|story| story.simulator.executed_twice.len() as u64),
        ),
    ))?;
    show::line(styled(DIM, "`venue demo VENUE` tells it in full"))
}

fn cell(step: &Step) -> String {
    let mark = match step.verdict {
        Verdict::Held => '✓',
        Verdict::Failed => '✗',
        Verdict::Cannot => '–',
    };
    format!("{mark} {}", step.cell)
}

/// How many parts went as they should.
fn score(stories: &[Story]) -> String {
    let count = |verdict| stories.iter().map(|story| story.count(verdict)).sum::<usize>();
    let (held, failed, cannot) = (count(Verdict::Held), count(Verdict::Failed), count(Verdict::Cannot));
    let cannot = if cannot > 0 { format!(", {cannot} can't be done there") } else { String::new() };
    format!("{held} of {} steps went as they should{cannot}", held + failed)
}
