package main

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"koersvast/domain"
	"koersvast/domain/expectation"
	"koersvast/domain/programme"
	"koersvast/domain/promise"
	"koersvast/domain/strategy"
	"koersvast/eventstore"
)

// home is the programme in which everything happens.
const home domain.ProgrammeID = "bench"

// A doing is one act of a story: a command on a stream.
type doing struct {
	act    domain.Act
	stream string
	step   eventstore.Step
}

// The people of the programme, the first of whom are its MT, and their teams.
const (
	crowd = 200
	mt    = 8
	teams = 8
)

func person(i int) domain.PersonID { return domain.PersonID(fmt.Sprintf("person-%03d", i)) }
func team(i int) domain.TeamID     { return domain.TeamID(fmt.Sprintf("team-%d", i)) }
func pillar(i int) domain.PillarID { return domain.PillarID(fmt.Sprintf("pillar-%d", i)) }
func habit(i int) domain.BehaviourID {
	return domain.BehaviourID(fmt.Sprintf("behaviour-%d", i))
}

// began is when the story begins; it takes a year, whatever its length.
var began = time.Date(2025, 1, 6, 9, 0, 0, 0, domain.Zone)

// later are days that are in nobody's past.
var later = func() (days [5000]domain.Day) {
	for i := range days {
		days[i] = domain.DayOf(began.AddDate(2, 0, i))
	}
	return days
}()

// long streams have 100 acts each, from the beginning of the story to its end.
const (
	longStreams = 5
	longActs    = 100
)

func longStream(i int) domain.Stream {
	return promise.Make{ID: longPromise(i)}.Stream().In(home)
}

func longPromise(i int) domain.PromiseID { return domain.PromiseID(fmt.Sprintf("long-%d", i)) }

// story tells n acts of a programme that is well under way: how it began, and
// then promises that are made, reworded, moved, kept, broken and withdrawn,
// expectations and their answers, and now and then something about people or
// the strategy. It is the same at every telling.
func story(n int) iter.Seq[doing] {
	return func(yield func(doing) bool) {
		t := &teller{n: n, chance: newChance(n)}
		for _, tell := range t.beginning() {
			if !yield(tell) {
				return
			}
		}
		const longs = longStreams * longActs
		for long, first := 0, t.told; t.told < n; {
			var d doing
			switch {
			case long < longs && (t.told-first)*longs >= long*(n-first):
				d = t.long(long)
				long++
			case t.told%100 == 1:
				d = t.people()
			case t.told%100 < 4:
				d = t.strategy()
			default:
				d = t.next()
			}
			if !yield(d) {
				return
			}
		}
	}
}

// A teller tells a story act by act.
type teller struct {
	n, told int
	chance  *rand.Rand
	open    []*thread
}

// A thread is one promise or expectation on its way.
type thread struct {
	id           string
	owner, other domain.PersonID
	rest         []chapter
}

// A chapter is one act of a thread.
type chapter func(t *teller, of *thread) doing

func (t *teller) act(by domain.PersonID) domain.Act {
	at := began.Add(365 * 24 * time.Hour / time.Duration(t.n) * time.Duration(t.told))
	t.told++
	return domain.Act{ID: domain.ActID(t.id(at)), Programme: home, By: by, At: at}
}

func (t *teller) id(at time.Time) string {
	var id ulid.ULID
	_ = id.SetTime(ulid.Timestamp(at))
	for i := 6; i < len(id); i++ {
		id[i] = byte(t.chance.Uint32())
	}
	return id.String()
}

// do is a command of somebody.
func do[S any](t *teller, by domain.PersonID, c domain.Command[S]) doing {
	return doing{t.act(by), c.Stream().In(home).String(), eventstore.Do(c)}
}

func (t *teller) beginning() []doing {
	add := programme.AddPeople{Programme: home}
	for i := range teams {
		add.Teams = append(add.Teams, programme.NewTeam{ID: team(i), Name: fmt.Sprint("Team ", i)})
	}
	for i := 1; i < crowd; i++ {
		role := domain.Employee
		if i < mt {
			role = domain.MT
		}
		add.People = append(add.People, programme.NewPerson{
			ID: person(i), Name: fmt.Sprint("Iemand van de groep ", i), Email: fmt.Sprintf("iemand.%d@example.org", i),
			Team: team(i % teams), Roles: []domain.Role{role},
		})
	}
	lead := person(0)
	all := []doing{
		do(t, lead, programme.Start{ID: home, Name: "Doen wat we zeggen", Lead: lead, LeadName: "De leider"}),
		do(t, lead, add),
		do(t, lead, strategy.FormulateMission{Programme: home, Text: t.sentence()}),
	}
	for i := range 3 {
		all = append(all,
			do(t, lead, strategy.ProposePillar{Programme: home, ID: pillar(i), Name: fmt.Sprint("Pijler ", i), Meaning: t.sentence()}),
			do(t, lead, strategy.AdoptPillar{Programme: home, ID: pillar(i)}))
		for k := range 4 {
			all = append(all, do(t, lead, strategy.ProposeBehaviour{
				Programme: home, ID: habit(4*i + k), Pillar: pillar(i), Whose: domain.MT, Text: t.sentence(),
			}))
		}
	}
	return all
}

func (t *teller) people() doing {
	i := t.chance.IntN(crowd-1) + 1
	return do(t, person(0), programme.CorrectPerson{
		Programme: home, ID: person(i), Name: fmt.Sprint("Iemand van de groep ", i), Email: fmt.Sprintf("iemand.%d.%d@example.org", i, t.told),
	})
}

func (t *teller) strategy() doing {
	if t.chance.IntN(3) == 0 {
		i := t.chance.IntN(3)
		return do(t, person(0), strategy.RewordPillar{Programme: home, ID: pillar(i), Name: fmt.Sprint("Pijler ", i), Meaning: t.sentence(), Why: t.sentence()})
	}
	return do(t, person(0), strategy.RewordBehaviour{Programme: home, ID: habit(t.chance.IntN(12)), Text: t.sentence(), Why: t.sentence()})
}

// long tells the i-th act of the long streams together.
func (t *teller) long(i int) doing {
	id := longPromise(i % longStreams)
	if i < longStreams {
		return do(t, person(1), promise.Make{ID: id, Terms: t.terms(), Details: promise.Details{To: []domain.Party{domain.Everyone}}})
	}
	return do(t, person(1), promise.Move{ID: id, Due: later[i], Why: t.sentence()})
}

// next goes on with one of the threads, each of which is long forgotten by
// the others when it goes on.
func (t *teller) next() doing {
	if len(t.open) < min(500, t.n/20) {
		t.open = append(t.open, t.begin())
	}
	i := t.chance.IntN(len(t.open))
	of := t.open[i]
	tell := of.rest[0]
	if of.rest = of.rest[1:]; len(of.rest) == 0 {
		t.open[i] = t.begin()
	}
	return tell(t, of)
}

func (t *teller) begin() *thread {
	a := t.chance.IntN(crowd)
	if t.chance.IntN(2) == 0 {
		a = t.chance.IntN(mt)
	}
	b := (a + 1 + t.chance.IntN(crowd-1)) % crowd
	return &thread{t.id(began), person(a), person(b), t.course()}
}

// course chooses how something goes.
func (t *teller) course() []chapter {
	switch c := t.chance.IntN(100); {
	case c < 30:
		return []chapter{made, kept}
	case c < 50:
		return []chapter{made, reworded, moved, kept}
	case c < 65:
		return []chapter{made, moved, moved, broken, repairAgreed, repaired}
	case c < 75:
		return []chapter{made, linked, reworded, withdrawn}
	case c < 85:
		return []chapter{proposed, accepted, kept}
	case c < 93:
		return []chapter{expressed, declined}
	}
	return []chapter{expressed, countered, offerTaken}
}

func (of *thread) promise() domain.PromiseID         { return domain.PromiseID(of.id) }
func (of *thread) expectation() domain.ExpectationID { return domain.ExpectationID(of.id) }

func made(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Make{ID: of.promise(), Terms: t.terms(), Details: t.details(of.owner)})
}

func proposed(t *teller, of *thread) doing {
	return do(t, of.other, promise.Propose{ID: of.promise(), By: of.owner, Terms: t.terms(), Details: t.details(of.owner)})
}

func accepted(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Accept{ID: of.promise()})
}

func reworded(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Reword{ID: of.promise(), Terms: t.terms(), Why: t.sentence()})
}

func moved(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Move{ID: of.promise(), Due: later[500+t.told%4000], Why: t.sentence()})
}

func linked(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Link{ID: of.promise(), Behaviours: []domain.BehaviourID{habit(t.told % 12)}})
}

func kept(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Keep{ID: of.promise()})
}

func broken(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Break{ID: of.promise(), Why: t.sentence()})
}

func repairAgreed(t *teller, of *thread) doing {
	return do(t, of.owner, promise.AgreeRepair{ID: of.promise(), Text: t.sentence(), Due: later[0]})
}

func repaired(t *teller, of *thread) doing {
	return do(t, of.owner, promise.CompleteRepair{ID: of.promise()})
}

func withdrawn(t *teller, of *thread) doing {
	return do(t, of.owner, promise.Withdraw{ID: of.promise(), Why: t.sentence()})
}

func expressed(t *teller, of *thread) doing {
	return do(t, of.owner, expectation.Express{ID: of.expectation(), Of: domain.Person(of.other), Text: t.sentence()})
}

func declined(t *teller, of *thread) doing {
	return do(t, of.other, expectation.Decline{ID: of.expectation(), Why: t.sentence()})
}

func countered(t *teller, of *thread) doing {
	return do(t, of.other, expectation.Counter{ID: of.expectation(), Offer: t.sentence()})
}

func offerTaken(t *teller, of *thread) doing {
	return do(t, of.owner, expectation.TakeOffer{ID: of.expectation()})
}

// terms are three texts, as most promises have.
func (t *teller) terms() promise.Terms {
	return promise.Terms{Wording: t.sentence(), Situation: "op een dag die het team kiest", Noticed: "het team, in het weekoverleg"}
}

func (t *teller) details(by domain.PersonID) promise.Details {
	to := domain.Everyone
	switch t.chance.IntN(5) {
	case 0:
		to = domain.Employees
	case 1, 2:
		to = domain.Team(team(t.chance.IntN(teams)))
	case 3:
		if i := t.chance.IntN(crowd); person(i) != by {
			to = domain.Person(person(i))
		}
	}
	return promise.Details{To: []domain.Party{to}, Pillar: pillar(t.chance.IntN(3)), Due: later[t.chance.IntN(500)]}
}

// sentence says something of about a hundred letters that was not said before.
func (t *teller) sentence() string {
	var b strings.Builder
	for range 3 {
		b.WriteString(phrases[t.chance.IntN(len(phrases))])
		b.WriteByte(' ')
	}
	return b.String() + fmt.Sprint(t.told)
}

var phrases = []string{
	"ik loop elke maand een dag mee met een team", "wij vertellen binnen een week wat we besloten",
	"de wachtlijst staat elke maandag op het bord", "ik bel terug voor het eind van de dag",
	"we vragen het eerst aan wie het werk doet", "het team kiest zelf het moment",
	"ik zeg het als iets niet lukt", "dat kwam er niet van door de drukte in het voorjaar",
}

// newChance draws the same each time for a story of the same length.
func newChance(n int) *rand.Rand { return rand.New(rand.NewPCG(1, uint64(n))) }
