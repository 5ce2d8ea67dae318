import Interchange

/// An HTML page that needs nothing but itself: no network, no script; light and dark as the reader's device asks.
struct Page {
    var title: String
    /// Everything between the header and the end, escaped already.
    var body: String
    /// Under the title, escaped already.
    var subtitle = ""

    /// The whole document, ended by LF.
    var html: String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="robots" content="noindex">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(Sink.html(title))</title>
        <style>
        \(Page.style)
        </style>
        </head>
        <body>
        <main>
        <h1>\(Sink.html(title))</h1>
        \(subtitle.isEmpty ? "" : "<p class=\"sub\">\(subtitle)</p>\n")\(body)
        </main>
        </body>
        </html>

        """
    }

    private static let style = """
        :root { --paper: #fbfaf8; --card: #fff; --ink: #1d1b18; --soft: #6a645c; --line: #e4dfd7; --accent: #b4430f;
          --bar: #2f6f9f; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #171614; --card: #201f1c; --ink: #ece8e1; --soft: #a59d92; --line: #37342f; --accent: #ff9a62;
            --bar: #3f7fb0; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink);
          font: 16px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; -webkit-text-size-adjust: 100%; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.35rem; line-height: 1.25; margin: .25rem 0; }
        h2 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
        h3 { font-size: 1rem; margin: 0; }
        .sub, .soft { color: var(--soft); }
        .sub { margin: 0 0 1rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem; margin: .6rem 0; }
        .card p { margin: .35rem 0; overflow-wrap: anywhere; }
        .code { font: 600 .85rem ui-monospace, SFMono-Regular, Menlo, monospace; color: var(--soft); }
        .copy { font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--paper);
          border: 1px dashed var(--line); border-radius: .4rem; padding: .7rem; margin: .6rem 0; user-select: all;
          -webkit-user-select: all; }
        .go { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .6rem; }
        .go a { display: inline-flex; align-items: center; min-height: 44px; min-width: 44px; padding: .4rem 1rem;
          border-radius: .5rem; border: 1px solid var(--accent); color: var(--accent); text-decoration: none; }
        .go a.first { background: var(--accent); color: var(--paper); }
        details summary { min-height: 44px; display: flex; align-items: center; cursor: pointer; color: var(--soft); }
        details summary::before { content: "+"; width: 1.2em; }
        details[open] summary::before { content: "\\2212"; }
        details ul { margin: 0 0 .4rem; padding-left: 1.2rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; padding: .4rem .7rem .4rem 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
        th { color: var(--soft); font-weight: 500; font-size: .85rem; }
        td.n, th.n { text-align: right; }
        td.wrap { white-space: normal; overflow-wrap: anywhere; width: 100%; }
        .mail { width: 100%; height: 70vh; background: #fff; border: 1px solid var(--line); border-radius: .6rem; }
        .plain { font: .9rem/1.45 ui-monospace, SFMono-Regular, Menlo, monospace; }
        svg { display: block; max-width: 100%; height: auto; }
        svg text { fill: var(--ink); font: 12px system-ui, sans-serif; paint-order: stroke; stroke: var(--paper);
          stroke-width: 3px; stroke-linejoin: round; }
        svg .soft { fill: var(--soft); }
        svg .bar { fill: var(--bar); }
        svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        figure { margin: .5rem 0 .25rem; max-width: 30rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0 2rem; }
        .wall { display: grid; grid-template-columns: repeat(7, minmax(7.2rem, 1fr)); gap: .5rem; min-width: 52rem; }
        .column { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .6rem; }
        .column h3 { color: var(--soft); font-weight: 500; font-size: .85rem; }
        .count { font-size: 1.5rem; font-weight: 600; margin: .1rem 0 .5rem; font-variant-numeric: tabular-nums; }
        .name { margin: .3rem 0; padding: .35rem .45rem; background: var(--paper); border-radius: .35rem; font-size: .85rem;
          line-height: 1.25; overflow-wrap: anywhere; }
        .name span { display: block; color: var(--soft); font-size: .75rem; }
        @media (max-width: 40rem) {
          .wall { grid-template-columns: 1fr; min-width: 0; }
          .column { display: grid; grid-template-columns: 6.5rem 1fr; align-items: baseline; padding: .4rem .6rem; }
          .column .count { margin: 0; font-size: 1.2rem; }
          .column .name, .column .soft { grid-column: 1 / -1; }
        }
        """
}
