package consistency_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"koersvast/domain"
	"koersvast/domain/consistency"
	"koersvast/domain/domaintest"
	"koersvast/domain/measure"
)

type (
	rule  = domaintest.Rule[consistency.State]
	facts = []consistency.Event
)

// Sanne leads the programme; Bas and Fatima are the management team, and Ellen
// coaches.
var (
	sanne = by("sanne")
	bas   = by("bas")
	ellen = by("ellen")
)

func by(p domain.PersonID) domain.Act {
	return domain.Act{By: p, At: time.Date(2026, 6, 10, 9, 0, 0, 0, time.UTC)}
}

const (
	id       = domain.CheckID("voorjaar")
	opening  = domain.Day("2026-06-01")
	today    = domain.Day("2026-06-10")
	tomorrow = domain.Day("2026-06-11")
)

var (
	team    = []domain.PersonID{"bas", "fatima"}
	pillars = []domain.PillarID{"dichtbij", "samen"}

	open = consistency.Open{
		ID: id, Purpose: "Zien we bij onszelf terug wat we vragen?", Pillars: pillars,
		From: "2026-01-01", Until: "2026-06-30", Reference: "OR 2026-14, DPIA 2026-3",
	}
	opened = consistency.Opened{
		ID: id, On: opening, Purpose: open.Purpose, Pillars: pillars,
		From: "2026-01-01", Until: "2026-06-30", Reference: open.Reference,
	}
	basHeard    = consistency.PartReadBack{ID: id, Member: "bas", On: "2026-06-08"}
	fatimaWaved = consistency.ReadBackDeclined{ID: id, Member: "fatima"}
	ready       = facts{opened, basHeard, fatimaWaved}
	cancelled   = consistency.Cancelled{ID: id, Why: "Het jaarplan gaat voor."}

	picture = consistency.Picture{
		CutOff: 412, Ruleset: "c0ffee", Thresholds: domain.UsualThresholds,
		Rows: []consistency.Row{{
			Pillar: "dichtbij", Word: measure.Underway, Promises: 4, Fresh: 3, Coverage: 75,
			Figures: []consistency.Figure{{Source: consistency.Score, Value: 58, Low: 43, High: 74, Pieces: 3, Band: measure.Band5, Formula: consistency.PillarFormula}},
		}},
		Questions: []consistency.Question{{
			Finding: "cr-26.dichtbij", Rule: "CR-26", Version: 1, Severity: "talk", For: []domain.Role{domain.MT},
			About: consistency.Thing{Kind: "pillar", ID: "dichtbij"},
		}},
		Quality: consistency.Quality{Coding: consistency.Coding{Fragments: 40, Twice: 8, Kappa: 60, Agreed: true}},
	}
	ofBas = consistency.Part{
		Rows:      []consistency.Row{{Pillar: "dichtbij", Promise: "regiodag", Word: measure.Mixed}},
		Questions: []consistency.Question{{Finding: "cr-17.regiodag", Rule: "CR-17", Severity: "talk", About: consistency.Thing{Kind: "promise", ID: "regiodag"}}},
	}
	publish   = consistency.Publish{ID: id, Members: team, Picture: picture, Parts: []consistency.PartOf{{Person: "bas", Part: ofBas}}}
	published = consistency.PicturePublished{ID: id, On: today, Picture: picture}
	basPart   = consistency.PartPublished{ID: id, Person: "bas", Part: sealed("bas", ofBas)}
	shown     = append(slices.Clone(ready), published, basPart)

	decide = consistency.Decide{
		ID: id, Decision: "d1", Finding: "cr-17.regiodag", Choice: consistency.Reword, Promise: "regiodag", Why: "Ik zeg er voortaan bij waar ik ben.",
	}
	decided = consistency.Decided{
		ID: id, Decision: "d1", By: "bas", Finding: "cr-17.regiodag", Choice: consistency.Reword, Promise: "regiodag",
		Why: domain.Say(domain.KeyOf("bas", domain.Promises), decide.Why),
	}
)

func sealed(of domain.PersonID, p consistency.Part) domain.Private {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return domain.Say(domain.KeyOf(of, domain.Opinions), string(b))
}

// but returns a copy of c that was changed.
func but[C any](c C, change func(*C)) C {
	change(&c)
	return c
}

func TestOpening(t *testing.T) {
	onOpening := domain.Act{By: "sanne", At: opening.Start()}
	domaintest.Check(t, []rule{
		{
			Name: "a check is opened with what it is for",
			By:   onOpening,
			When: consistency.Open{
				ID: id, Purpose: open.Purpose, Pillars: pillars, From: open.From, Until: open.Until, Reference: open.Reference,
			},
			Then: facts{opened},
		},
		{Name: "once", Given: facts{opened}, By: onOpening, When: open, Err: consistency.ErrExists},
		{
			Name: "it has a purpose", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Purpose = " " }),
			Err:  domain.ErrRequired, Field: "purpose",
		},
		{
			Name: "and looks at a pillar", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Pillars = nil }),
			Err:  consistency.ErrNoPillars, Field: "pillars",
		},
		{
			Name: "that can be one", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Pillars = []domain.PillarID{"dicht bij"} }),
			Err:  domain.ErrBadID, Field: "pillars",
		},
		{
			Name: "it names the answer of the works council and the DPIA", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Reference = "" }),
			Err:  domain.ErrRequired, Field: "reference",
		},
		{
			Name: "a period begins on a day", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.From = "" }),
			Err:  domain.ErrNotADay, Field: "from",
		},
		{
			Name: "and ends on one", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Until = "2026-06-31" }),
			Err:  domain.ErrNotADay, Field: "until",
		},
		{
			Name: "which is later", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Until = c.From }),
			Err:  consistency.ErrPeriod, Field: "until",
		},
		{
			Name: "but not years later", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Until = "2028-01-04" }),
			Err:  consistency.ErrPeriod, Field: "until",
		},
		{
			Name: "two years is the most", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.Until = "2028-01-03" }),
			Then: facts{but(opened, func(e *consistency.Opened) { e.Until = "2028-01-03" })},
		},
		{
			Name: "a check is named so that an address can name it", By: onOpening,
			When: but(open, func(c *consistency.Open) { c.ID = "voor jaar" }),
			Err:  domain.ErrBadID, Field: "id",
		},
		{
			Name: "a check can be cancelled, with a reason", Given: facts{opened}, By: sanne,
			When: consistency.Cancel{ID: id, Why: cancelled.Why},
			Then: facts{cancelled},
		},
		{
			Name: "not without", Given: facts{opened}, By: sanne,
			When: consistency.Cancel{ID: id},
			Err:  domain.ErrRequired, Field: "why",
		},
		{
			Name: "once", Given: facts{opened, cancelled}, By: sanne,
			When: consistency.Cancel{ID: id, Why: "Nog eens."},
		},
		{
			Name: "a picture that was published cannot be cancelled", Given: shown, By: sanne,
			When: consistency.Cancel{ID: id, Why: "Toch niet."},
			Err:  consistency.ErrNotOpen,
		},
		{
			Name: "nor can a check that never was", By: sanne,
			When: consistency.Cancel{ID: id, Why: "Toch niet."},
			Err:  consistency.ErrUnknown,
		},
	})
}

func TestReadingBack(t *testing.T) {
	domaintest.Check(t, []rule{
		{
			Name: "a coach says that a member has seen their part", Given: facts{opened}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas", On: "2026-06-08"},
			Then: facts{basHeard},
		},
		{
			Name: "so can the member, and then it was today", Given: facts{opened}, By: bas,
			When: consistency.ReadBack{ID: id, Member: "bas"},
			Then: facts{consistency.PartReadBack{ID: id, Member: "bas", On: today}},
		},
		{
			Name: "once is enough", Given: facts{opened, basHeard}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas"},
		},
		{
			Name: "after a no it no longer matters", Given: facts{opened, fatimaWaved}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "fatima"},
		},
		{
			Name: "not on a day to come", Given: facts{opened}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas", On: tomorrow},
			Err:  consistency.ErrFuture, Field: "on",
		},
		{
			Name: "nor before the check was opened", Given: facts{opened}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas", On: "2026-05-31"},
			Err:  consistency.ErrTooEarly, Field: "on",
		},
		{
			Name: "nor on no day at all", Given: facts{opened}, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas", On: "8 juni"},
			Err:  domain.ErrNotADay, Field: "on",
		},
		{
			Name: "a member is somebody", Given: facts{opened}, By: ellen,
			When: consistency.ReadBack{ID: id},
			Err:  domain.ErrBadID, Field: "member",
		},
		{
			Name: "it comes before the picture", Given: shown, By: ellen,
			When: consistency.ReadBack{ID: id, Member: "bas"},
			Err:  consistency.ErrNotOpen,
		},
		{
			Name: "a member can say no to seeing it first", Given: facts{opened}, By: by("fatima"),
			When: consistency.DeclineReadBack{ID: id, Member: "fatima"},
			Then: facts{fatimaWaved},
		},
		{
			Name: "for themselves only", Given: facts{opened}, By: ellen,
			When: consistency.DeclineReadBack{ID: id, Member: "fatima"},
			Err:  consistency.ErrNotYours,
		},
		{
			Name: "once", Given: facts{opened, fatimaWaved}, By: by("fatima"),
			When: consistency.DeclineReadBack{ID: id, Member: "fatima"},
		},
		{
			Name: "in a check that there is", By: by("fatima"),
			When: consistency.DeclineReadBack{ID: id, Member: "fatima"},
			Err:  consistency.ErrUnknown,
		},
	})
}

func TestPublishing(t *testing.T) {
	coded := func(c consistency.Coding) consistency.Publish {
		return but(publish, func(p *consistency.Publish) { p.Picture.Quality.Coding = c })
	}
	of := func(c consistency.Publish) facts {
		return facts{consistency.PicturePublished{ID: id, On: today, Picture: c.Picture}, basPart}
	}
	domaintest.Check(t, []rule{
		{
			Name: "a picture is published once everybody has seen their part, or said no to that", Given: ready, By: sanne,
			When: consistency.Publish{ID: id, Members: team, Picture: picture, Parts: publish.Parts},
			Then: facts{published, basPart},
		},
		{Name: "not before", Given: facts{opened, basHeard}, By: sanne, When: publish, Err: consistency.ErrNotReadBack},
		{
			Name: "nor for a team without people", Given: ready, By: sanne,
			When: but(publish, func(c *consistency.Publish) { c.Members = nil }),
			Err:  consistency.ErrNobody,
		},
		{Name: "once and for all", Given: shown, By: sanne, When: publish, Err: consistency.ErrNotOpen},
		{Name: "not after it was cancelled", Given: append(ready[:3:3], cancelled), By: sanne, When: publish, Err: consistency.ErrNotOpen},
		{Name: "of a check that there is", By: sanne, When: publish, Err: consistency.ErrUnknown},
		{
			Name: "coders who agree just too little hold it up", Given: ready, By: sanne,
			When: coded(consistency.Coding{Fragments: 40, Twice: 8, Kappa: 59, Agreed: true}),
			Err:  consistency.ErrDisagree,
		},
		{
			Name: "and so does a second coder who saw just too few", Given: ready, By: sanne,
			When: coded(consistency.Coding{Fragments: 41, Twice: 8, Kappa: 95, Agreed: true}),
			Err:  consistency.ErrCodedOnce,
		},
		{
			Name: "without fragments there is nothing to agree on", Given: ready, By: sanne,
			When: coded(consistency.Coding{}),
			Then: of(coded(consistency.Coding{})),
		},
		{
			Name: "where both always said the same, agreement cannot be told, and does not fail", Given: ready, By: sanne,
			When: coded(consistency.Coding{Fragments: 5, Twice: 1}),
			Then: of(coded(consistency.Coding{Fragments: 5, Twice: 1})),
		},
	})
}

func TestReleasing(t *testing.T) {
	released := consistency.PictureReleased{ID: id}
	domaintest.Check(t, []rule{
		{Name: "a picture that the team has seen is released to everybody", Given: shown, By: sanne, When: consistency.Release{ID: id}, Then: facts{released}},
		{Name: "once", Given: append(slices.Clone(shown), released), By: sanne, When: consistency.Release{ID: id}},
		{Name: "not before there is one", Given: ready, By: sanne, When: consistency.Release{ID: id}, Err: consistency.ErrNotPublished},
	})
}

func TestDeciding(t *testing.T) {
	anew := consistency.Decide{ID: id, Decision: "d2", Finding: "cr-26.dichtbij", Choice: consistency.Promise, Why: "Daar beloven we iets nieuws."}
	domaintest.Check(t, []rule{
		{
			Name: "a decision names the finding that it answers", Given: shown, By: bas,
			When: consistency.Decide{ID: id, Decision: "d1", Finding: decide.Finding, Choice: decide.Choice, Promise: "regiodag", Why: decide.Why},
			Then: facts{decided},
		},
		{
			Name: "something new need not be promised yet", Given: shown, By: bas, When: anew,
			Then: facts{consistency.Decided{
				ID: id, Decision: "d2", By: "bas", Finding: "cr-26.dichtbij", Choice: consistency.Promise,
				Why: domain.Say(domain.KeyOf("bas", domain.Promises), anew.Why),
			}},
		},
		{
			Name: "everything else is about a promise", Given: shown, By: bas,
			When: but(decide, func(c *consistency.Decide) { c.Promise = "" }),
			Err:  domain.ErrRequired, Field: "promise",
		},
		{
			Name: "it says why", Given: shown, By: bas,
			When: but(decide, func(c *consistency.Decide) { c.Why = "" }),
			Err:  domain.ErrRequired, Field: "why",
		},
		{
			Name: "about something in the picture", Given: shown, By: bas,
			When: but(decide, func(c *consistency.Decide) { c.Finding = "cr-01.regiodag" }),
			Err:  consistency.ErrNoFinding, Field: "finding",
		},
		{
			Name: "one of five things", Given: shown, By: bas,
			When: but(decide, func(c *consistency.Decide) { c.Choice = "punish" }),
			Err:  consistency.ErrDecision, Field: "choice",
		},
		{Name: "once", Given: append(slices.Clone(shown), decided), By: bas, When: decide, Err: consistency.ErrDecided},
		{
			Name: "with a name that an address can have", Given: shown, By: bas,
			When: but(decide, func(c *consistency.Decide) { c.Decision = "" }),
			Err:  domain.ErrBadID, Field: "decision",
		},
		{Name: "on a picture, which comes first", Given: ready, By: bas, When: decide, Err: consistency.ErrNotPublished},
	})
}

func TestAPartIsReadBackAsItWas(t *testing.T) {
	got, ok := basPart.Read()
	if diff := cmp.Diff(ofBas, got); diff != "" || !ok {
		t.Errorf("read %v (-want +got):\n%s", ok, diff)
	}
	if basPart.Part.Key() != domain.KeyOf("bas", domain.Opinions) {
		t.Errorf("the part of bas is sealed under %s; erasing bas would leave it", basPart.Part.Key())
	}
	if strings.Contains(basPart.Part.String(), "regiodag") {
		t.Error("a part prints what it says")
	}
}

// TestWhateverPeopleAsk sees to it that there is one picture at most, after
// everybody saw their part, and that nothing is read back afterwards.
func TestWhateverPeopleAsk(t *testing.T) {
	var (
		who    = rapid.SampledFrom([]domain.PersonID{"sanne", "bas", "fatima", "ellen"})
		member = rapid.SampledFrom(team)
		ask    = rapid.SampledFrom([]func(*rapid.T) domain.Command[consistency.State]{
			func(*rapid.T) domain.Command[consistency.State] { return open },
			func(t *rapid.T) domain.Command[consistency.State] {
				return consistency.ReadBack{ID: id, Member: member.Draw(t, "member")}
			},
			func(t *rapid.T) domain.Command[consistency.State] {
				return consistency.DeclineReadBack{ID: id, Member: member.Draw(t, "member")}
			},
			func(*rapid.T) domain.Command[consistency.State] { return publish },
			func(*rapid.T) domain.Command[consistency.State] { return decide },
			func(*rapid.T) domain.Command[consistency.State] { return consistency.Release{ID: id} },
			func(*rapid.T) domain.Command[consistency.State] { return consistency.Cancel{ID: id, Why: "Nee."} },
		})
	)
	rapid.Check(t, func(t *rapid.T) {
		domaintest.Walk(t, 40, func(t *rapid.T) (domain.Act, domain.Command[consistency.State]) {
			return by(who.Draw(t, "who")), ask.Draw(t, "command")(t)
		}, func(steps []domaintest.Step[consistency.State]) {
			heard := map[domain.PersonID]bool{}
			over := false
			for _, s := range steps {
				for _, f := range s.Facts {
					switch e := f.(type) {
					case consistency.PartReadBack:
						heard[e.Member] = true
					case consistency.ReadBackDeclined:
						heard[e.Member] = true
					case consistency.PicturePublished, consistency.Cancelled:
						if _, published := f.(consistency.PicturePublished); over || published && len(heard) < len(team) {
							t.Fatalf("%T, while it was over: %v, and %d of %d saw their part", f, over, len(heard), len(team))
						}
						over = true
						continue
					case consistency.Decided, consistency.PartPublished, consistency.PictureReleased:
						continue
					}
					if over {
						t.Fatalf("%T happened when it was over", f)
					}
				}
			}
		})
	})
}
