package web

import (
	"context"
	"strconv"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/cmd/koersvast/internal/web/sheet"
	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/projections/history"
	"koersvast/projections/people"
	"koersvast/projections/strategies"
)

// historyRoutes are everything that happened, fact by fact.
func (s *Server) historyRoutes() {
	question(s, Question[historyIn, chronicle]{
		Path: "/history", Doc: "Everything that happened in the programme, as far as you may read about it, the newest first",
		Action: access.HistoryRead, Nav: "nav.history",
		Ask: askHistory, Page: historyPage, Logged: true, Table: chronicle.table,
	})
}

type historyIn struct {
	Concept string          `query:"concept" doc:"programme, strategy, promise, expectation, council or method"`
	Person  domain.PersonID `query:"person" doc:"Only what this person did, or what was about them"`
	From    domain.Day      `query:"from"`
	To      domain.Day      `query:"to"`
	Before  string          `query:"before" doc:"The next page: what the page before says"`
}

// historyLength is how many facts a page tells.
const historyLength = 100

// A chronicle is a page of the history.
type chronicle struct {
	Lines []history.Line `json:"lines"`
	Next  string         `json:"next,omitempty" doc:"Ask the next page with ?before= this"`

	asked   historyIn
	persons []people.Person
	names   people.Directory
}

func askHistory(ctx context.Context, a Asker, in historyIn) (c chronicle, err error) {
	c.asked = in
	if err := domain.All(domain.OnCalendar("from", in.From), domain.OnCalendar("to", in.To)); err != nil {
		return c, err
	}
	before, err := placeOf(in.Before)
	if err != nil {
		return c, err
	}
	length := a.length(historyLength)
	if c.Lines, err = history.Lines(ctx, a.Read, a.Programme, a.readsAbout(), history.Filter{
		Concept: in.Concept, Person: in.Person, From: in.From, To: in.To, Before: before, Limit: length + 1,
	}); err != nil {
		return c, err
	}
	if len(c.Lines) > length {
		c.Lines = c.Lines[:length]
		last := c.Lines[length-1]
		c.Next = strconv.FormatUint(uint64(last.Position), 10) + "." + strconv.Itoa(last.N)
	}
	if c.persons, err = everyoneEver(ctx, a); err != nil {
		return c, err
	}
	c.names, err = people.Names(ctx, a.Read, a.Programme)
	return c, err
}

// table is the history, a row a fact.
func (c chronicle) table(v View) sheet.Table {
	ctx := v.ctx()
	t := sheet.Table{
		Name:    i18n.T(ctx, "nav.history"),
		Columns: heads(ctx, "day", "time", "who", "what", "about", "why", "place"),
		Notes:   cutOff(ctx, c.Next != ""),
	}
	for i, e := range historyEntries(ctx, c.names, c.Lines) {
		t.Rows = append(t.Rows, []any{e.Day, e.Time, e.Who, e.What, e.About.cell(ctx), e.Why.cell(ctx), int(c.Lines[i].Position)})
	}
	return t
}

// placeOf reads a place in the history as the page before wrote it.
func placeOf(s string) (p history.Place, err error) {
	if s == "" {
		return p, nil
	}
	position, n, _ := strings.Cut(s, ".")
	at, err := strconv.ParseUint(position, 10, 63)
	if err != nil {
		return p, errNotANumber.On("before")
	}
	p.Position = domain.Position(at)
	if p.N, err = strconv.Atoi(n); err != nil {
		return p, errNotANumber.On("before")
	}
	return p, nil
}

// readsAbout is which part of the history the asker may read.
func (a Asker) readsAbout() history.Sight { return history.SightOf(a.Actor) }

// historyEntries are facts in words.
func historyEntries(ctx context.Context, names people.Directory, lines []history.Line) []HistoryEntry {
	entries := make([]HistoryEntry, len(lines))
	for i, l := range lines {
		entries[i] = historyEntry(ctx, names, l)
	}
	return entries
}

func historyEntry(ctx context.Context, names people.Directory, l history.Line) HistoryEntry {
	e := HistoryEntry{
		ID:  "fact-" + strconv.FormatUint(uint64(l.Position), 10) + "-" + strconv.Itoa(l.N),
		Day: l.Day, Kind: l.Fact, Who: personName(ctx, names, l.By),
		About: said(l.Quote), Why: said(l.Why),
		What: i18n.T(ctx, "fact."+l.Fact,
			"Person", personName(ctx, names, l.Owner),
			"Was", i18n.LongDate(ctx, l.Was), "Is", i18n.LongDate(ctx, l.Is)),
	}
	if l.Day == domain.DayOf(l.At) {
		e.Time = i18n.Clock(l.At)
	}
	// What was said now says more than what the thing was called before.
	if text := said(l.Text); text.Any() {
		e.About = text
	}
	switch l.Concept {
	case "promise":
		e.Href = "/promises/" + l.Thing
	case "expectation":
		e.Href = "/expectations/" + l.Thing
	case "strategy":
		e.Href = partAddress(strategies.Part{Kind: l.Kind, ID: l.Thing})
	case "council":
		e.Href = "/council"
	case "method":
		e.About = Said{Text: methodThing(ctx, l.Kind, l.Thing)}
		e.Href = "/method#" + l.Thing
		if l.Kind == "rule" {
			e.Href = "/rules/" + l.Thing
		}
	case "programme":
		e.Href = "/people"
	}
	return e
}

func conceptOptions(ctx context.Context) []Option {
	options := []Option{{Label: i18n.T(ctx, "history.everything")}}
	for _, c := range []string{"promise", "expectation", "strategy", "council", "method", "programme"} {
		options = append(options, Option{Value: c, Label: i18n.T(ctx, "history.concept."+c)})
	}
	return options
}
