package web

import (
	"context"
	"slices"
	"strings"

	"koersvast/cmd/koersvast/internal/web/i18n"
	"koersvast/domain"
	"koersvast/projections/people"
)

// said is a text of a read model as a page shows it: nil was erased.
func said(text *string) Said {
	if text == nil {
		return Said{Erased: true}
	}
	return Said{Text: *text}
}

// personName is what somebody is called.
func personName(ctx context.Context, names people.Directory, id domain.PersonID) string {
	if name := names.Person(id); name != nil {
		return *name
	}
	return i18n.T(ctx, "person.erased")
}

// partyName is what a party is called in a sentence: everyone, the MT, Team
// Noord, Anna de Wit.
func partyName(ctx context.Context, names people.Directory, p domain.Party) string {
	if id, ok := p.Person(); ok {
		return personName(ctx, names, id)
	}
	if id, ok := p.Team(); ok {
		return names.Team(id)
	}
	return i18n.T(ctx, "party."+string(p))
}

// partyNames joins parties as a list is said: the MT, team Noord and Anna.
func partyNames(ctx context.Context, names people.Directory, parties []domain.Party) string {
	list := make([]string, len(parties))
	for i, p := range parties {
		list[i] = partyName(ctx, names, p)
	}
	return listed(ctx, list)
}

// listed joins words with commas and, before the last, "and".
func listed(ctx context.Context, words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + i18n.T(ctx, "and") + " " + words[last]
}

// partyOptions are the parties to choose from: those of many, then teams, then
// people other than the asker.
func partyOptions(ctx context.Context, parties []domain.Party, teams []people.Team, persons []people.Person, asker domain.PersonID) []Option {
	var options []Option
	for _, p := range parties {
		options = append(options, Option{Value: string(p), Label: i18n.T(ctx, "party."+string(p)), Group: i18n.T(ctx, "party.group.many")})
	}
	for _, t := range teams {
		options = append(options, Option{Value: string(domain.Team(t.ID)), Label: t.Name, Group: i18n.T(ctx, "party.group.teams")})
	}
	for _, p := range persons {
		if p.ID != asker && p.Name != nil {
			options = append(options, Option{Value: string(domain.Person(p.ID)), Label: *p.Name, Group: i18n.T(ctx, "party.group.people")})
		}
	}
	return options
}

// personOptions are the people to choose from.
func personOptions(persons []people.Person, without ...domain.PersonID) []Option {
	var options []Option
	for _, p := range persons {
		if p.Name != nil && !slices.Contains(without, p.ID) {
			options = append(options, Option{Value: string(p.ID), Label: *p.Name})
		}
	}
	return options
}
