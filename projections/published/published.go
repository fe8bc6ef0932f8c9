// Package published is what dashboards may read: the numbers that were released
// to everybody, of one programme, and no text by or about a person. Read models
// are full of what is not for everybody, and so is whoever can open their file;
// this is for whoever can open a file of its own.
//
// [Of] finds the numbers, which the server answers to programs as they are, and
// [Write] puts the same ones in a file of SQLite, whose views are documented in
// schema.sql and keep their meaning.
package published

import (
	"context"
	"math"
	"slices"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/domain/measure"
	"koersvast/domain/promise"
	"koersvast/domain/round"
	"koersvast/projections"
	"koersvast/projections/coachings"
	"koersvast/projections/people"
	"koersvast/projections/pictures"
	"koersvast/projections/promises"
	"koersvast/projections/rounds"
	"koersvast/projections/strategies"
)

// Numbers are what was released of one programme.
type Numbers struct {
	Programme people.Programme `json:"programme"`
	Pillars   []Pillar         `json:"pillars" doc:"in the order of the sheet"`
	Promises  []Count          `json:"promises" doc:"how many there are, by pillar, direction and status"`
	Keeping   []Keeping        `json:"keeping" doc:"how often promises are kept"`
	Checks    []Check          `json:"checks" doc:"of promises, that were shared with everybody, the first first"`
	Cells     []Cell           `json:"cells" doc:"what groups answered in those"`
	Coaching  *coachings.Reach `json:"coaching" doc:"null while the MT is so small that it would be about somebody"`
	Pictures  []Picture        `json:"pictures" doc:"rows of consistency pictures that were released to everybody, the newest picture first"`
	Figures   []Figure         `json:"figures" doc:"the numbers in those"`
}

// A Pillar is a pillar of the strategy.
type Pillar struct {
	ID     domain.PillarID `json:"id"`
	Name   string          `json:"name"`
	Status string          `json:"status" enum:"proposed,adopted,retired"`
	Since  domain.Day      `json:"since"`
}

// A Count is how many promises have the same status.
type Count struct {
	Pillar   domain.PillarID `json:"pillar" doc:"empty for those under no pillar"`
	From     Direction       `json:"from" enum:"mt,others"`
	Status   promise.Status  `json:"status" enum:"active,kept,broken,repaired,withdrawn"`
	Promises int             `json:"promises"`
}

// A Direction is whose promises are counted.
type Direction string

const (
	FromMT     Direction = "mt"
	FromOthers Direction = "others"
)

// Keeping is how often promises are kept: in hundredths, among those kept or
// broken, with Wilson's interval of 90%. One that was withdrawn and not
// explained within fourteen days counts as broken.
type Keeping struct {
	Pillar domain.PillarID `json:"pillar" doc:"empty for all of them together"`
	From   Direction       `json:"from" enum:"mt,others"`
	Kept   int             `json:"kept"`
	Broken int             `json:"broken"`
	Rate   int             `json:"rate"`
	Low    int             `json:"low"`
	High   int             `json:"high"`
}

// A Check is how the people around a promise notice it, 0–100, rounded when it
// was released.
type Check struct {
	Round   domain.RoundID   `json:"round"`
	Promise domain.PromiseID `json:"promise"`
	Pillar  domain.PillarID  `json:"pillar,omitempty"`
	Closed  domain.Day       `json:"closed"`
	Score   *float64         `json:"score" doc:"null when it was of a single group, which is no score"`
	Low     *float64         `json:"low"`
	High    *float64         `json:"high"`
	Groups  int              `json:"groups" doc:"of how many groups the score is made"`
	Word    measure.Verdict  `json:"word"`
}

// A Cell is what one group answered to one question of a check. Groups that are
// not shown are not in it.
type Cell struct {
	Round    domain.RoundID    `json:"round"`
	Question domain.QuestionID `json:"question"`
	Group    string            `json:"group" doc:"all for all of them together"`
	Sees     *float64          `json:"sees" doc:"null where an end of the scale says enough"`
	Low      *float64          `json:"low"`
	High     *float64          `json:"high"`
	End      round.End         `json:"end,omitempty" enum:",seldom,mostly"`
	Hears    *float64          `json:"hears"`
	Unseen   *int              `json:"unseen" doc:"how many in a hundred could not observe it"`
}

// A Picture is one row of a consistency picture.
type Picture struct {
	Check     domain.CheckID    `json:"check"`
	Published domain.Day        `json:"published"`
	Released  domain.Day        `json:"released"`
	Pillar    domain.PillarID   `json:"pillar" doc:"empty for the MT as a whole"`
	Word      measure.Verdict   `json:"word"`
	Promises  int               `json:"promises"`
	Fresh     int               `json:"fresh"`
	Coverage  int               `json:"coverage"`
	Trend     measure.Direction `json:"trend,omitempty"`
}

// A Figure is one number of a row: what a source says, 0–100. Where there is
// none, Why says so.
type Figure struct {
	Check  domain.CheckID      `json:"check"`
	Pillar domain.PillarID     `json:"pillar" doc:"empty for the MT as a whole"`
	Source consistency.Source  `json:"source"`
	Value  *int                `json:"value"`
	Low    *int                `json:"low"`
	High   *int                `json:"high"`
	Pieces int                 `json:"pieces" doc:"promises, documents or interviews that it was made of"`
	Why    consistency.Absence `json:"why,omitempty"`
}

// Of finds the numbers of a programme as they are on a day.
func Of(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) (n Numbers, err error) {
	if n.Programme, err = people.TheProgramme(ctx, r, in); err != nil {
		return n, err
	}
	for _, part := range []func(context.Context, projections.Reader, domain.ProgrammeID, domain.Day) error{
		n.pillars, n.promises, n.checks, n.coaching, n.pictures,
	} {
		if err := part(ctx, r, in, today); err != nil {
			return n, err
		}
	}
	return n, nil
}

func (n *Numbers) pillars(ctx context.Context, r projections.Reader, in domain.ProgrammeID, _ domain.Day) error {
	n.Pillars = []Pillar{}
	all, err := strategies.Pillars(ctx, r, in)
	for _, p := range all {
		n.Pillars = append(n.Pillars, Pillar{domain.PillarID(p.ID), p.Name, string(p.Status), p.Since})
	}
	return err
}

func (n *Numbers) promises(ctx context.Context, r projections.Reader, in domain.ProgrammeID, today domain.Day) error {
	n.Promises, n.Keeping = []Count{}, []Keeping{}
	all, err := promises.Standings(ctx, r, in, today)
	for _, s := range all {
		from := FromOthers
		if s.FromMT {
			from = FromMT
		}
		n.Promises = append(n.Promises, Count{s.Pillar, from, s.Status, s.Promises})
		kept := 0
		if s.Status == promise.StatusKept {
			kept = s.Promises
		}
		n.count("", from, kept, s.Broken)
		if s.Pillar != "" {
			n.count(s.Pillar, from, kept, s.Broken)
		}
	}
	n.Keeping = slices.DeleteFunc(n.Keeping, func(k Keeping) bool { return k.Kept+k.Broken == 0 })
	for i, k := range n.Keeping {
		rate, _ := measure.KeepingRate(k.Kept, k.Broken)
		n.Keeping[i].Rate, n.Keeping[i].Low, n.Keeping[i].High = hundredths(rate.Value), hundredths(rate.Low), hundredths(rate.High)
	}
	return err
}

// count adds promises to those of one direction under one pillar.
func (n *Numbers) count(pillar domain.PillarID, from Direction, kept, broken int) {
	i := slices.IndexFunc(n.Keeping, func(k Keeping) bool { return k.Pillar == pillar && k.From == from })
	if i < 0 {
		i = len(n.Keeping)
		n.Keeping = append(n.Keeping, Keeping{Pillar: pillar, From: from})
	}
	n.Keeping[i].Kept += kept
	n.Keeping[i].Broken += broken
}

func hundredths(share float64) int { return int(math.Round(100 * share)) }

// checks are those that everybody may see because who promised has said so.
// What they answered themselves is theirs, and stays where it was shared.
func (n *Numbers) checks(ctx context.Context, r projections.Reader, in domain.ProgrammeID, _ domain.Day) error {
	n.Checks, n.Cells = []Check{}, []Cell{}
	all, err := rounds.List(ctx, r, in, rounds.Sight{Everything: true})
	if err != nil {
		return err
	}
	for _, one := range slices.Backward(all) {
		if one.Kind != domain.Check || one.Status != round.StatusReleased || one.Shared != round.Everyone {
			continue
		}
		res, err := rounds.ResultFor(ctx, r, in, one.ID, false)
		if err != nil {
			return err
		}
		p, err := promises.ThePromise(ctx, r, in, one.Promise)
		if err != nil {
			return err
		}
		if res.Report != nil { // it was not erased
			n.check(one, p, res.Report.ForOthers())
		}
	}
	return nil
}

func (n *Numbers) check(one rounds.Round, of promises.Promise, report round.Report) {
	c := Check{Round: one.ID, Promise: one.Promise, Pillar: of.Pillar, Closed: one.Closed, Groups: report.Of, Word: report.Word}
	if s := report.Score; s != nil {
		c.Score, c.Low, c.High = &s.Value, &s.Low, &s.High
	}
	n.Checks = append(n.Checks, c)
	for _, item := range report.Items {
		cells := item.Cells
		if item.All != nil {
			cells = append([]round.Cell{*item.All}, cells...)
		}
		for _, c := range cells {
			if !c.Shown {
				continue
			}
			cell := Cell{Round: one.ID, Question: item.Question, Group: string(c.Group), End: c.End, Hears: c.Hears, Unseen: c.Unseen}
			if c.Group == "" {
				cell.Group = "all"
			}
			if c.Sees != nil {
				cell.Sees, cell.Low, cell.High = &c.Sees.Value, &c.Sees.Low, &c.Sees.High
			}
			n.Cells = append(n.Cells, cell)
		}
	}
}

func (n *Numbers) coaching(ctx context.Context, r projections.Reader, in domain.ProgrammeID, _ domain.Day) error {
	reach, err := coachings.TheReach(ctx, r, in)
	if reach.MT >= domain.LowestThreshold { // of fewer it would be about somebody
		n.Coaching = &reach
	}
	return err
}

func (n *Numbers) pictures(ctx context.Context, r projections.Reader, in domain.ProgrammeID, _ domain.Day) error {
	n.Pictures, n.Figures = []Picture{}, []Figure{}
	all, err := pictures.Published(ctx, r, in, true)
	for _, p := range all {
		for _, row := range p.Rows {
			if row.Promise != "" { // which is somebody's
				continue
			}
			n.Pictures = append(n.Pictures, Picture{
				Check: p.Check, Published: p.Published, Released: p.Released, Pillar: row.Pillar,
				Word: row.Word, Promises: row.Promises, Fresh: row.Fresh, Coverage: row.Coverage, Trend: row.Trend.Direction,
			})
			for _, f := range row.Figures {
				figure := Figure{Check: p.Check, Pillar: row.Pillar, Source: f.Source, Pieces: f.Pieces, Why: f.Why}
				if f.Shown() {
					figure.Value, figure.Low, figure.High = &f.Value, &f.Low, &f.High
				}
				n.Figures = append(n.Figures, figure)
			}
		}
	}
	return err
}
