// Package demo tells the story of an example programme: fifteen months in the
// life of a foundation that supports people with a disability, from the first
// draft of its strategy to this week. Beside it stands the beginning of the
// programme of a second client, so that one can see that neither sees the
// other.
//
// The story is played through the same commands that the pages use, by the
// people who may, each at its own moment. Nobody in it exists.
package demo

import (
	"context"
	"crypto/ecdh"
	"fmt"
	"slices"
	"time"

	"koersvast/cmd/koersvast/internal/station"
	"koersvast/domain"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
	"koersvast/projections"
	"koersvast/projections/consistency/questions"
)

// The programmes of the story.
const (
	Lindeveer  domain.ProgrammeID = "lindeveer"
	Nieuwhaven domain.ProgrammeID = "nieuwhaven"
)

// Play tells the story as if today is its last day, with its rounds held at a
// station. What has been told before is not told again, so that a story that
// was cut short goes on where it was.
func Play(ctx context.Context, st *eventstore.Store, at *station.Station, today domain.Day) error {
	h := hall{log: st.Log(), station: at, unwrapped: map[string]*ecdh.PrivateKey{}}
	h.past = projections.NewPast(questions.Views, h.until, 1)
	told, err := h.acts(ctx)
	if err != nil {
		return err
	}
	for _, s := range []*story{ofLindeveer(today), ofNieuwhaven(today)} {
		slices.SortStableFunc(s.moments, func(a, b moment) int { return a.act.At.Compare(b.act.At) })
		for _, m := range s.moments {
			if told[m.act.ID] {
				continue
			}
			if err := m.play(ctx, st, h); err != nil {
				return fmt.Errorf("demo: %s by %s: %w", m.act.ID, m.act.By, err)
			}
		}
	}
	return nil
}

// A story is what happened in one programme, in order.
type story struct {
	programme domain.ProgrammeID
	today     domain.Day
	moments   []moment
	counted   []asking
}

// A moment is one act of a story. What some of them do depends on what was
// told before; no steps are no act.
type moment struct {
	act   domain.Act
	steps func(context.Context, hall) ([]eventstore.Step, error)
}

func (m moment) play(ctx context.Context, st *eventstore.Store, h hall) error {
	steps, err := m.steps(ctx, h)
	if err != nil || len(steps) == 0 {
		return err
	}
	_, err = eventstore.ExecuteAll(ctx, st, m.act, steps...)
	return err
}

// on says who did something, so many working days ago, at that time.
func (s *story) on(ago int, clock string, by domain.PersonID, steps ...eventstore.Step) {
	s.when(ago, clock, by, func(context.Context, hall) ([]eventstore.Step, error) { return steps, nil })
}

// when says who did something that depends on what was told before.
func (s *story) when(ago int, clock string, by domain.PersonID, steps func(context.Context, hall) ([]eventstore.Step, error)) {
	at, err := time.ParseInLocation("2006-01-02 15:04", string(s.day(ago))+" "+clock, domain.Zone)
	if err != nil {
		panic(err) // the story itself is wrong
	}
	s.moments = append(s.moments, moment{
		act: domain.Act{
			ID:        domain.ActID(fmt.Sprintf("%s-%03d", s.programme, len(s.moments)+1)),
			Programme: s.programme,
			By:        by,
			At:        at,
		},
		steps: steps,
	})
}

// day is so many working days ago. Zero is today or, in a weekend, the Friday
// before it.
func (s *story) day(ago int) domain.Day {
	d := s.today
	for {
		switch d.Start().Weekday() {
		case time.Saturday, time.Sunday:
		default:
			if ago == 0 {
				return d
			}
			ago--
		}
		d = d.Add(-1)
	}
}

// ahead is so many weeks from today.
func (s *story) ahead(weeks int) domain.Day { return s.today.Add(7 * weeks) }

// year is so many years from now.
func (s *story) year(ahead int) int { return s.today.Start().Year() + ahead }

// under is a command about something that stands under a pillar, which must
// be on the sheet.
func under[S any](s *story, pillar domain.PillarID, cmd domain.Command[S]) []eventstore.Step {
	return []eventstore.Step{
		eventstore.Do(cmd),
		eventstore.While(strategy.Stands{Programme: s.programme, Pillar: pillar}),
	}
}
