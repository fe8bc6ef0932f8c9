// Package strategy is about the strategy on one sheet: mission, vision and
// core values, the pillars, and under each pillar its ambitions, objectives
// and the behaviour by which people will notice it.
//
//	FormulateMission → MissionFormulated    FormulateVision → VisionFormulated
//	ChooseCoreValue → CoreValueChosen       DropCoreValue → CoreValueDropped
//	ProposePillar → PillarProposed          AdoptPillar → PillarAdopted
//	RewordPillar → PillarReworded           RetirePillar → PillarRetired
//	StateAmbition → AmbitionStated          DropAmbition → AmbitionDropped
//	SetObjective → ObjectiveSet             DropObjective → ObjectiveDropped
//	ProposeBehaviour → BehaviourProposed    AgreeBehaviour → BehaviourAgreed
//	RewordBehaviour → BehaviourReworded     DropBehaviour → BehaviourDropped
//
// A programme has one sheet, and the sheet is one stream: what is decided
// about it is decided about the whole. Its words are the programme's and open
// to everyone in it; reasons are somebody's own words.
package strategy

import (
	"maps"

	"koersvast/domain"
)

// Events lists every event of this package.
var Events = []domain.EventType{
	domain.TypeOf[MissionFormulated]().Published(),
	domain.TypeOf[VisionFormulated]().Published(),
	domain.TypeOf[CoreValueChosen]().Published(),
	domain.TypeOf[CoreValueDropped]().Published(),
	domain.TypeOf[PillarProposed]().Published(),
	domain.TypeOf[PillarAdopted]().Published(),
	domain.TypeOf[PillarReworded]().Published(),
	domain.TypeOf[PillarRetired]().Published(),
	domain.TypeOf[AmbitionStated]().Published(),
	domain.TypeOf[AmbitionDropped]().Published(),
	domain.TypeOf[ObjectiveSet]().Published(),
	domain.TypeOf[ObjectiveDropped]().Published(),
	domain.TypeOf[BehaviourProposed]().Published(),
	domain.TypeOf[BehaviourAgreed]().Published(),
	domain.TypeOf[BehaviourReworded]().Published(),
	domain.TypeOf[BehaviourDropped]().Published(),
}

// Event is a fact about the strategy.
type Event = domain.EventOf[State]

// A Status is where a pillar, value, ambition, objective or behaviour stands.
type Status string

const (
	StatusProposed Status = "proposed"
	StatusAdopted  Status = "adopted" // also: agreed, chosen, stated, set
	StatusRetired  Status = "retired" // also: dropped
)

// State is what the facts about a strategy add up to. The zero State is an
// empty sheet.
type State struct {
	mission, vision string
	pillars         map[domain.PillarID]pillar
	values          map[domain.CoreValueID]Status
	ambitions       map[domain.AmbitionID]Status
	objectives      map[domain.ObjectiveID]Status
	behaviours      map[domain.BehaviourID]behaviour
}

type pillar struct {
	name, meaning string
	status        Status
}

type behaviour struct {
	pillar domain.PillarID
	text   string
	status Status
}

// What the rules refuse.
var (
	ErrUnknownPillar = domain.Refuse(domain.NotFound, "pillar_unknown", "there is no such pillar")
	ErrNotAdopted    = domain.Refuse(domain.Invalid, "pillar_not_adopted", "this pillar has only been proposed")
	ErrUnknownPart   = domain.Refuse(domain.NotFound, "strategy_part_unknown", "there is no such thing on the sheet")
	ErrExists        = domain.Refuse(domain.Conflict, "strategy_part_exists", "this stands on the sheet already")
	ErrRetired       = domain.Refuse(domain.Conflict, "strategy_part_retired", "this no longer stands on the sheet")
	ErrYear          = domain.Refuse(domain.Invalid, "strategy_year", "the year lies in this or the coming thirty years")
	ErrWhose         = domain.Refuse(domain.Invalid, "behaviour_whose", "a behaviour is of the MT or of employees")
)

// Sheet names the stream of a programme's strategy.
func Sheet(p domain.ProgrammeID) domain.Stream {
	return domain.Stream{Kind: "strategy", ID: string(p)}
}

// set returns a copy of m in which k is v.
func set[M ~map[K]V, K comparable, V any](m M, k K, v V) M {
	m = maps.Clone(m)
	if m == nil {
		m = M{}
	}
	m[k] = v
	return m
}

// standing refuses a pillar that is not there or no longer stands.
func (s State) standing(id domain.PillarID) *domain.Error {
	switch s.pillars[id].status {
	case "":
		return ErrUnknownPillar
	case StatusRetired:
		return ErrRetired
	}
	return nil
}

// under refuses, at its field, a pillar under which nothing can be put.
func (s State) under(id domain.PillarID) *domain.Error {
	if refused := s.standing(id); refused != nil {
		return refused.On("pillar")
	}
	return nil
}

// dropped decides about dropping a part of the sheet with that status. It is
// done when it was dropped before.
func dropped(was Status, why string) (done bool, err error) {
	switch was {
	case "":
		return false, ErrUnknownPart
	case StatusRetired:
		return true, nil
	}
	return false, domain.All(domain.Needed("why", why, domain.TextLength))
}

// fresh refuses a new part of the sheet whose id is taken or is none.
func fresh[ID ~string](id ID, taken bool) *domain.Error {
	if taken {
		return ErrExists
	}
	return domain.Identifies("id", id)
}

func horizon(year int, today domain.Day) *domain.Error {
	if now := today.Start().Year(); year < now || year > now+30 {
		return ErrYear.On("year")
	}
	return nil
}

func reason(by domain.PersonID, why string) domain.Private {
	return domain.Say(domain.KeyOf(by, domain.Promises), why)
}

// Stands is the condition that a pillar was adopted and not retired: only then
// can something be promised or expected under it.
type Stands struct {
	Programme domain.ProgrammeID
	Pillar    domain.PillarID
}

func (c Stands) Stream() domain.Stream { return Sheet(c.Programme) }

func (c Stands) Holds(s State) error {
	if refused := s.under(c.Pillar); refused != nil {
		return refused
	}
	if s.pillars[c.Pillar].status != StatusAdopted {
		return ErrNotAdopted.On("pillar")
	}
	return nil
}
