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
// people.
func partyOptions(ctx context.Context, parties []domain.Party, teams []people.Team, persons []Option) []Option {
	var options []Option
	for _, p := range parties {
		options = append(options, Option{Value: string(p), Label: i18n.T(ctx, "party."+string(p)), Group: i18n.T(ctx, "party.group.many")})
	}
	for _, t := range teams {
		options = append(options, Option{Value: string(domain.Team(t.ID)), Label: t.Name, Group: i18n.T(ctx, "party.group.teams")})
	}
	for _, p := range persons {
		p.Value = string(domain.Person(domain.PersonID(p.Value)))
		options = append(options, p)
	}
	return options
}

// personOptions are the people to choose from, in one group.
func personOptions(ctx context.Context, persons []people.Person, without ...domain.PersonID) []Option {
	return groupedPeople(persons, without, func(people.Person) string { return i18n.T(ctx, "party.group.people") })
}

// teammateOptions are the people to choose from, team by team. Those in no
// team come first, because the MT is among them, and those who left last.
func teammateOptions(ctx context.Context, persons []people.Person, without ...domain.PersonID) []Option {
	const noTeam, left = "", "\uffff" // where these come among the teams
	team := func(p people.Person) string {
		switch {
		case p.Gone != "":
			return left
		case p.Team == "":
			return noTeam
		}
		return strings.ToLower(p.TeamName)
	}
	persons = slices.SortedStableFunc(slices.Values(persons), func(a, b people.Person) int { return strings.Compare(team(a), team(b)) })
	return groupedPeople(persons, without, func(p people.Person) string {
		switch team(p) {
		case noTeam:
			return i18n.T(ctx, "people.no_team")
		case left:
			return i18n.T(ctx, "people.gone")
		}
		return p.TeamName
	})
}

func groupedPeople(persons []people.Person, without []domain.PersonID, group func(people.Person) string) []Option {
	var options []Option
	for _, p := range persons {
		if p.Name != nil && !slices.Contains(without, p.ID) {
			options = append(options, Option{Value: string(p.ID), Label: *p.Name, Group: group(p)})
		}
	}
	return options
}
