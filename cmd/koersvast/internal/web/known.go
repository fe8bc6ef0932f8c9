package web

import (
	"context"
	"errors"

	"koersvast/domain"
	"koersvast/domain/access"
	"koersvast/domain/programme"
	"koersvast/domain/strategy"
	"koersvast/projections/people"
	"koersvast/projections/strategies"
)

// errPromisesNothing refuses a proposal to somebody who cannot accept it.
var errPromisesNothing = domain.Refuse(domain.Invalid, "promises_nothing", "somebody with this role makes no promises")

// known refuses parties that are nobody in the programme now. What is no
// party at all is for the rules to refuse.
func known(ctx context.Context, a Asker, field string, parties ...domain.Party) error {
	teams, err := people.Teams(ctx, a.Read, a.Programme)
	if err != nil {
		return err
	}
	there := map[domain.TeamID]bool{}
	for _, t := range teams {
		there[t.ID] = true
	}
	for _, p := range parties {
		if team, ok := p.Team(); ok && !there[team] {
			return domain.ErrNoParty.On(field)
		}
		if id, ok := p.Person(); ok {
			if _, err := present(ctx, a, id); errors.Is(err, programme.ErrUnknownPerson) {
				return domain.ErrNoParty.On(field)
			} else if err != nil {
				return err
			}
		}
	}
	return nil
}

// present returns somebody who is in the programme now.
func present(ctx context.Context, a Asker, id domain.PersonID) (people.Person, error) {
	p, err := people.ThePerson(ctx, a.Read, a.Programme, id)
	if errors.Is(err, domain.ErrNotFound) || err == nil && p.Gone != "" {
		return p, programme.ErrUnknownPerson
	}
	return p, err
}

// promiser refuses to propose a promise to somebody who could not accept it.
func promiser(ctx context.Context, a Asker, id domain.PersonID) error {
	p, err := present(ctx, a, id)
	if errors.Is(err, programme.ErrUnknownPerson) {
		return programme.ErrUnknownPerson.On("by")
	}
	if err == nil && !mayPromise(p) {
		return errPromisesNothing.On("by")
	}
	return err
}

func mayPromise(p people.Person) bool { return access.Promises(access.Actor{Roles: p.Roles}) }

// onTheSheet refuses behaviours that do not stand on the sheet.
func onTheSheet(ctx context.Context, a Asker, behaviours []domain.BehaviourID) error {
	for _, id := range behaviours {
		part, err := strategies.ThePart(ctx, a.Read, a.Programme, strategies.Behaviour, string(id))
		if errors.Is(err, domain.ErrNotFound) || err == nil && part.Status == strategy.StatusRetired {
			return strategy.ErrUnknownPart.On("behaviours")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
