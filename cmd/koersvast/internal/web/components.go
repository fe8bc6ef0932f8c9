package web

import (
	"context"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
)

// Said is what somebody said, or the trace of it when it has been erased.
type Said struct {
	Text   string
	Erased bool
}

// Any reports whether anything was said.
func (s Said) Any() bool { return s.Text != "" || s.Erased }

// cell is what stands in a table.
func (s Said) cell(ctx context.Context) any {
	if s.Erased {
		return i18n.T(ctx, "text.erased")
	}
	return s.Text
}

// A Heading opens a page: where we are, what it is called, and the one
// sentence that says what is to be seen. A page about somebody's words has
// those for a title.
type Heading struct {
	Over, Title, Lede string
	Words             Said
}

// A Section is a part of a page under a heading of its own.
type Section struct {
	ID, Title, Help string
}

// A Figure is one number or word worth knowing at a glance.
type Figure struct {
	Label, Value, Note string
	Href               string // what it counts
}

// A PromiseRow is a promise as it stands in a list.
type PromiseRow struct {
	ID     string // of the element
	Href   string // none when the reader may know of it and not open it
	Words  Said
	By, To string // names; leave out who is evident from where it stands
	Due    domain.Day
	Status string
	Late   bool // the day has passed without a verdict
}

// A HistoryEntry is one fact in words.
type HistoryEntry struct {
	ID    string // of the element
	Day   domain.Day
	Time  string // of day
	Kind  string // the name of the event; chooses the mark
	Who   string // the sentence's subject
	What  string // the rest of it: "verzette een belofte naar 3 maart 2026"
	Href  string // what it is about
	About Said
	Why   Said
}

// A CheckPoint is one thing that makes a promise noticeable, and whether this
// one has it.
type CheckPoint struct {
	OK   bool
	Text string // what was found, or what would help
}

// A PillarSheet is a pillar of the strategy as it stands on one sheet.
type PillarSheet struct {
	ID         string
	Number     int
	Title      string
	Meaning    string
	Status     string // proposed, adopted, retired
	Href       string
	Ambitions  []Statement
	Objectives []Statement
	Behaviours []BehaviourColumn
}

// A Statement is something written down about the future; When is the year or
// the day that it looks to.
type Statement struct {
	ID, Text, When string
	Href           string // its page
	Proposed       bool   // not decided yet
}

// A BehaviourColumn is what a group does, and no longer does.
type BehaviourColumn struct {
	Whose    string // role
	Who      string // the same in words
	Do, Dont []Statement
}

// byMonth splits entries where their month changes.
func byMonth(entries []HistoryEntry) (months [][]HistoryEntry) {
	for i, e := range entries {
		if i == 0 || monthOf(e.Day) != monthOf(entries[i-1].Day) {
			months = append(months, nil)
		}
		months[len(months)-1] = append(months[len(months)-1], e)
	}
	return months
}

// eventKind is the last part of an event's name, after which its mark is called.
func eventKind(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func monthOf(d domain.Day) string { return d.Start().Format("2006-01") }
