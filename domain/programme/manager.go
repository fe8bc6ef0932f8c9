package programme

import (
	"slices"

	"koersvast/domain"
)

// SetManager says who manages somebody in the line.
type SetManager struct {
	Programme domain.ProgrammeID
	ID        domain.PersonID
	Manager   domain.PersonID // none: nobody in the programme
}

func (c SetManager) Stream() domain.Stream { return Home(c.Programme) }

func (c SetManager) Decide(s State, _ domain.Act) ([]Event, error) {
	if err := domain.All(s.present(c.ID)); err != nil {
		return nil, err
	}
	switch {
	case s.people[c.ID].manager == c.Manager:
		return nil, nil
	case c.Manager == "":
	case s.present(c.Manager) != nil:
		return nil, ErrUnknownPerson.On("manager")
	case c.Manager == c.ID, s.manages(c.ID, c.Manager):
		return nil, ErrManagerCircle.On("manager")
	}
	return []Event{ManagerSet{c.ID, c.Manager}}, nil
}

// manages reports whether somebody stands above another in the line, directly
// or through others.
func (s State) manages(above, id domain.PersonID) bool {
	for id = s.people[id].manager; id != ""; id = s.people[id].manager {
		if id == above {
			return true
		}
	}
	return false
}

// ManagerSet says who manages somebody from now on, if anybody does.
type ManagerSet struct {
	ID      domain.PersonID `json:"id"`
	Manager domain.PersonID `json:"manager,omitempty"`
}

func (ManagerSet) EventName() string { return "programme.manager_set" }

func (e ManagerSet) Evolve(s State) State {
	p := s.people[e.ID]
	p.manager = e.Manager
	s.people = set(s.people, e.ID, p)
	return s
}

// MayCoach is the condition that somebody can coach another: both are in the
// programme, and who coaches has the role, manages no codes and keys of
// others, and does not stand above the other in the line.
type MayCoach struct {
	Programme      domain.ProgrammeID
	Coach, Coachee domain.PersonID
}

func (c MayCoach) Stream() domain.Stream { return Home(c.Programme) }

func (c MayCoach) Holds(s State) error {
	roles := s.people[c.Coach].roles
	switch {
	case s.present(c.Coach) != nil:
		return ErrUnknownPerson.On("coach")
	case s.present(c.Coachee) != nil:
		return ErrUnknownPerson.On("coachee")
	case !slices.Contains(roles, domain.Coach):
		return ErrNotACoach.On("coach")
	case slices.Contains(roles, domain.Admin):
		return ErrCoachAdmin.On("coach")
	case s.manages(c.Coach, c.Coachee):
		return ErrCoachManages.On("coach")
	}
	return nil
}
