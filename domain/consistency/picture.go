package consistency

import (
	"koersvast/domain"
	"koersvast/domain/measure"
)

// A Picture is what a check says of the management team as a whole. All of it
// is rounded as it may leave: whole numbers from 0 to 100, of nobody alone.
type Picture struct {
	// CutOff is the position of the log up to which it looked, and the rest
	// says how: with it, the same picture can be made again.
	CutOff   domain.Position `json:"cut_off"`
	Ruleset  domain.Bytes    `json:"ruleset"` // digest of the rules and their parameters
	Settings []Setting       `json:"settings,omitempty"`
	domain.Thresholds

	Rows      []Row      `json:"rows"`                // a pillar each, and last the team as a whole
	Keeping   Keeping    `json:"keeping"`             // what became of the promises
	Questions []Question `json:"questions,omitempty"` // to talk about, the most serious first
	Quality   Quality    `json:"quality"`             // of what it is made of
}

// A Part is what a check says of one person's promises.
type Part struct {
	Rows      []Row      `json:"rows"`
	Questions []Question `json:"questions,omitempty"`
}

// A Row is one line of the picture: a pillar, a promise, or the team as a
// whole when it names neither.
type Row struct {
	Pillar  domain.PillarID  `json:"pillar,omitempty"`
	Promise domain.PromiseID `json:"promise,omitempty"`

	Word     measure.Verdict `json:"word"`
	Promises int             `json:"promises"`           // that run, and could have been checked; members of the team, of its own row
	Fresh    int             `json:"fresh"`              // of which the last check still counts
	Coverage int             `json:"coverage"`           // in hundredths
	Ink      int             `json:"ink,omitempty"`      // how much of the last check is still of today, in hundredths
	Checked  domain.Day      `json:"checked,omitempty"`  // the last time, of a promise
	Shared   Audience        `json:"shared,omitempty"`   // with whom a promiser shares how the promise was noticed
	Conflict int             `json:"conflict,omitempty"` // how far the evidence contradicts itself, in hundredths
	Figures  []Figure        `json:"figures"`            // in the order of Sources
	Trend    Trend           `json:"trend,omitzero"`
}

// An Audience is with whom something is shared: nobody, mt or everyone.
type Audience string

// Figure returns what a row says by one source.
func (r Row) Figure(s Source) Figure {
	for _, f := range r.Figures {
		if f.Source == s {
			return f
		}
	}
	return Figure{Source: s, Why: Nothing}
}

// A Source is where a figure comes from.
type Source string

const (
	Score      Source = "score"      // of all others together
	Says       Source = "says"       // documents: how large a share of what is said is about this pillar
	Does       Source = "does"       // documents: whether decisions fit
	Interviews Source = "interviews" // and observations
	Self       Source = "self"
	Peers      Source = "peers"
	Leaders    Source = "informal_leaders"
	Staff      Source = "employees"
	Index      Source = "index" // all evidence about a promise, together
)

// Sources lists every source, in the order in which people read them.
var Sources = []Source{Score, Says, Does, Interviews, Self, Peers, Leaders, Staff, Index}

// A Figure is one number with all there is to know of it. Where there is none,
// Why says so.
type Figure struct {
	Source Source  `json:"source"`
	Why    Absence `json:"why,omitempty"`

	Value int `json:"value"`
	Low   int `json:"low"`
	High  int `json:"high"`

	Pieces  int          `json:"pieces,omitempty"` // promises, documents or interviews that it was made of
	Band    measure.Band `json:"band,omitempty"`   // how many people answered, of the smallest group in it
	Formula Formula      `json:"formula,omitempty"`
}

// Shown reports whether there is a number.
func (f Figure) Shown() bool { return f.Why == "" }

// An Absence says why there is no number.
type Absence string

const (
	Nothing     Absence = "nothing"      // there is nothing of this kind
	FewPromises Absence = "few_promises" // fewer than two that may be shown
	FewPeople   Absence = "few_people"   // so few that what is somebody's own would be known
	FewSources  Absence = "few_sources"  // fewer documents or interviews than needed
	Stale       Absence = "stale"        // too little of it is still of today
)

// A Formula names how a figure was calculated, as the page on method does.
type Formula string

const (
	GroupFormula    Formula = "F2"  // the mean of one group
	IndexFormula    Formula = "F14" // the evidence index
	PromiseFormula  Formula = "F16" // the score of a promise
	PillarFormula   Formula = "F17" // of a pillar, a group in it, and the team
	TrendFormula    Formula = "F19"
	KeepingFormula  Formula = "F20"
	BoundsFormula   Formula = "F22"
	EmphasisFormula Formula = "share"
)

// A Trend is where a figure went over the pictures so far.
type Trend struct {
	Direction measure.Direction `json:"direction"` // none, with fewer than four pictures
	Pictures  int               `json:"pictures"`
	PerYear   int               `json:"per_year"` // points of a score
}

// Keeping is what became of the promises of the team.
type Keeping struct {
	Rate      Figure `json:"rate"` // kept among those kept or broken, in hundredths
	Kept      int    `json:"kept"`
	Broken    int    `json:"broken"`
	Explained int    `json:"explained"` // withdrawn, and explained to those whom it was promised
	Running   int    `json:"running"`
}

// A Question is something to talk about: what a rule found.
type Question struct {
	Finding  domain.FindingID `json:"finding"`
	Rule     domain.RuleID    `json:"rule"`
	Version  int              `json:"version"`           // of the rule
	Variant  Variant          `json:"variant,omitempty"` // of its words
	Severity Severity         `json:"severity"`
	For      []domain.Role    `json:"for,omitempty"` // who may see it
	About    Thing            `json:"about"`

	// What its words speak of, by name.
	Values []Value  `json:"values,omitempty"`
	Days   []Moment `json:"days,omitempty"`
	Things []Thing  `json:"things,omitempty"`
}

// A Severity is how much a finding asks to be talked about.
type Severity string

// A Variant is which words of a rule a finding has, where there are several.
type Variant string

// A Word is how the words of a rule call what stands in them.
type Word string

// A Value is a number in the words of a question.
type Value struct {
	Word       Word `json:"word"`
	Hundredths int  `json:"hundredths"`
}

// A Moment is a day in the words of a question.
type Moment struct {
	Word Word       `json:"word"`
	Day  domain.Day `json:"day"`
}

// A Thing is something in the programme, such as a promise.
type Thing struct {
	Word Word      `json:"word,omitempty"` // none, of what the question is about
	Kind ThingKind `json:"kind"`
	ID   ThingID   `json:"id"`
}

// A ThingKind is what sort of thing something is, and a ThingID which one.
type (
	ThingKind string
	ThingID   string
)

// A Setting is a weight, a window or a number of a rule as it was.
type Setting struct {
	Name       SettingName `json:"name"`
	Hundredths int         `json:"hundredths"`
}

// A SettingName is how the way of working calls a setting.
type SettingName string

// Quality says of what the picture is made.
type Quality struct {
	Rounds int        `json:"rounds"`
	First  domain.Day `json:"first,omitempty"` // a round in it was closed
	Last   domain.Day `json:"last,omitempty"`

	Responses []Response `json:"responses,omitempty"`

	Documents    int `json:"documents"`
	Interviews   int `json:"interviews"`
	Observations int `json:"observations"`
	Coding
}

// A Response is how many of one group answered in all rounds together, and
// between which scores the truth lies whatever the others think.
type Response struct {
	Group domain.RaterGroup `json:"group"`
	Rate  Turnout           `json:"rate"`
	Low   int               `json:"low"`
	High  int               `json:"high"`
}

// A Turnout is how many of those who were asked answered, in words.
type Turnout string

// Coding says how fragments were coded.
type Coding struct {
	Fragments int  `json:"fragments"` // that count
	Twice     int  `json:"twice"`     // of which a second coder has coded too
	Kappa     int  `json:"kappa"`     // how far the two agree, in hundredths
	Agreed    bool `json:"agreed"`    // that can be told
}

// What publishing asks of coding: that a second coder has coded a fifth, and
// agrees well enough.
const (
	leastKappa  = 60
	secondOneIn = 5
)

// Refused refuses what cannot be published as it was coded.
func (c Coding) Refused() *domain.Error {
	switch {
	case c.Fragments == 0:
		return nil
	case c.Twice*secondOneIn < c.Fragments:
		return ErrCodedOnce
	case c.Agreed && c.Kappa < leastKappa:
		return ErrDisagree
	}
	return nil
}
