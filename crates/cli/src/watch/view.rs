//! The live view: a book that redraws, pushes that scroll.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Key, KeyCode, KeyModifiers};
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Paragraph, Row, Table};
use ratatui::{DefaultTerminal, Frame};
use tokio::sync::mpsc;
use venue_core::Decimal;
use venue_core::ws::{AnyFeed, Event, Levels};
use venue_sim::Which;

use super::{Item, What, next, open};
use crate::stop::{Done, Stop};

/// The screen is drawn this often at most.
const REDRAW: Duration = Duration::from_millis(100);
/// Lines that are remembered.
const REMEMBERED: usize = 500;

struct State<'a> {
    venue: Which,
    channel: &'a str,
    feed: &'a AnyFeed,
    books: BTreeMap<String, Option<(Levels, Levels)>>,
    log: VecDeque<(Style, String)>,
    updates: u64,
    bad: bool,
}

pub(super) async fn show(
    items: &mut mpsc::Receiver<Item>,
    channel: &str,
    venue: Which,
    feed: &AnyFeed,
    count: Option<u64>,
    stopped: impl Future<Output = ()>,
) -> Result<Done, Stop> {
    let mut terminal = ratatui::try_init()?;
    let state =
        State { venue, channel, feed, books: BTreeMap::new(), log: VecDeque::new(), updates: 0, bad: false };
    let result = run(&mut terminal, state, items, count, stopped).await;
    // Whatever happened, the terminal is given back as it was.
    ratatui::try_restore()?;
    Ok(open::done(result?))
}

async fn run(
    terminal: &mut DefaultTerminal,
    mut state: State<'_>,
    items: &mut mpsc::Receiver<Item>,
    count: Option<u64>,
    stopped: impl Future<Output = ()>,
) -> io::Result<bool> {
    let (mut stopped, mut left) = (pin!(stopped), count);
    let mut ticks = tokio::time::interval(REDRAW);
    loop {
        tokio::select! {
            biased;
            () = &mut stopped => break,
            _ = ticks.tick() => {
                terminal.draw(|frame| state.draw(frame))?;
                // The terminal is in raw mode: Ctrl-C comes as a key.
                if asked_to_stop()? {
                    break;
                }
            }
            item = next(items, &mut left) => match item {
                Some(item) => state.take(item),
                None => break,
            }
        }
    }
    terminal.draw(|frame| state.draw(frame))?;
    Ok(state.bad)
}

fn asked_to_stop() -> io::Result<bool> {
    while event::poll(Duration::ZERO)? {
        if let Key::Key(key) = event::read()? {
            let control = key.modifiers.contains(KeyModifiers::CONTROL);
            match key.code {
                KeyCode::Char('c') if control => return Ok(true),
                KeyCode::Char('q') | KeyCode::Esc => return Ok(true),
                _ => {}
            }
        }
    }
    Ok(false)
}

impl State<'_> {
    fn take(&mut self, item: Item) {
        self.updates += 1;
        self.bad |= item.what.is_bad();
        let Item { symbol, what } = item;
        let said = match &what {
            What::Push(update) => match &update.event {
                Event::Data(push) => push.value.clone(),
                _ => what.words(),
            },
            What::Book { .. } => what.words(),
        };
        let name = what.name();
        if !matches!(name, "changed") {
            let style = match name {
                "data" => Style::new(),
                "live" | "synced" => Style::new().fg(Color::Green),
                "rejected" | "unreadable" => Style::new().fg(Color::Red),
                _ => Style::new().fg(Color::Yellow),
            };
            if self.log.len() == REMEMBERED {
                self.log.pop_front();
            }
            let said = said.unwrap_or_default();
            let line =
                if name == "data" { format!("{symbol} {said}") } else { format!("{symbol} {name} {said}") };
            self.log.push_back((style, line));
        }
        if let What::Book { levels, .. } = what {
            self.books.insert(symbol, levels);
        }
    }

    fn draw(&self, frame: &mut Frame<'_>) {
        let depth = u16::try_from(super::DEPTH).unwrap_or(12);
        let books = if self.books.is_empty() { 0 } else { depth + 3 };
        let [head, books, log] =
            Layout::vertical([Constraint::Length(1), Constraint::Length(books), Constraint::Min(3)])
                .areas(frame.area());
        frame.render_widget(Paragraph::new(self.head()), head);
        self.draw_books(frame, books);
        self.draw_log(frame, log);
    }

    fn head(&self) -> Line<'_> {
        let connections = self.feed.connections();
        let phases: Vec<String> = connections
            .iter()
            .map(|connection| {
                format!("{} {:?} #{}", connection.line, connection.phase, connection.generation)
                    .to_lowercase()
            })
            .collect();
        let title = Span::styled(format!("{} {}", self.venue, self.channel), Style::new().bold());
        Line::from(vec![
            title,
            Span::raw(format!("  {}  {} updates  ", phases.join(", "), self.updates)),
            Span::styled("q quits", Style::new().fg(Color::DarkGray)),
        ])
    }

    fn draw_books(&self, frame: &mut Frame<'_>, area: Rect) {
        if self.books.is_empty() {
            return;
        }
        let columns = Layout::horizontal(self.books.iter().map(|_| Constraint::Fill(1))).split(area);
        for ((symbol, levels), column) in self.books.iter().zip(columns.iter()) {
            let block = Block::bordered().title(symbol.as_str());
            let Some((bids, asks)) = levels else {
                let words = Paragraph::new("not equal to the venue's; a new book is on its way");
                frame.render_widget(words.style(Style::new().fg(Color::Yellow)).block(block), *column);
                continue;
            };
            let rows = (0..bids.len().max(asks.len())).map(|at| {
                let cell = |level: Option<&(Decimal, Decimal)>| {
                    level.map_or_else(Default::default, |(price, size)| (price.to_string(), size.to_string()))
                };
                let ((bid, bid_size), (ask, ask_size)) = (cell(bids.get(at)), cell(asks.get(at)));
                let right = |text: String| Line::from(text).alignment(Alignment::Right);
                Row::new([
                    right(bid_size),
                    right(bid).style(Style::new().fg(Color::Green)),
                    Line::from(ask).style(Style::new().fg(Color::Red)),
                    Line::from(ask_size),
                ])
            });
            let header = Row::new(["size", "bid", "ask", "size"]).style(Style::new().fg(Color::DarkGray));
            let table = Table::new(rows, [Constraint::Fill(1); 4]).header(header).block(block);
            frame.render_widget(table, *column);
        }
    }

    fn draw_log(&self, frame: &mut Frame<'_>, area: Rect) {
        let room = usize::from(area.height);
        let lines: Vec<Line<'_>> = self
            .log
            .iter()
            .skip(self.log.len().saturating_sub(room))
            .map(|(style, line)| Line::styled(line.as_str(), *style))
            .collect();
        frame.render_widget(Paragraph::new(lines), area);
    }
}
