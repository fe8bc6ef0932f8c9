package schema

import (
	"koersvast/domain"
	"koersvast/eventstore"
)

// AsyncAPI returns the AsyncAPI 3.0 document of the feed: the subject of each
// public fact, the attributes that all have, and what each tells.
func AsyncAPI(types []domain.EventType) map[string]any {
	channels, operations := map[string]any{}, map[string]any{}
	messages, schemas := map[string]any{}, map[string]any{"headers": headers()}
	for _, t := range types {
		if !t.Public {
			continue
		}
		channels[t.Name] = map[string]any{
			"address":    eventstore.FeedSubject("{programme}", t.Name),
			"parameters": map[string]any{"programme": map[string]any{"description": "The id of the programme"}},
			"messages":   map[string]any{"fact": ref("#/components/messages/" + t.Name)},
		}
		operations[t.Name] = map[string]any{
			"action":   "send",
			"channel":  ref("#/channels/" + t.Name),
			"messages": []any{ref("#/channels/" + t.Name + "/messages/fact")},
		}
		messages[t.Name] = map[string]any{
			"name":        t.Name,
			"contentType": "application/json",
			"headers":     ref("#/components/schemas/headers"),
			"payload":     ref("#/components/schemas/" + t.Name),
		}
		schemas[t.Name] = Published(t)
	}
	return map[string]any{
		"asyncapi": "3.0.0",
		"info": map[string]any{
			"title":   "Koersvast: what is public in a programme",
			"version": "1.0.0",
			"description": "Each fact is one CloudEvents 1.0 message in the binary mode of the NATS protocol binding, " +
				"kept in the JetStream stream " + eventstore.FeedStream + " in the order in which facts were recorded. " +
				"A fact can come again, with the same id, when the feed was made anew. " +
				"Private texts are left out.",
		},
		"defaultContentType": "application/json",
		"channels":           channels,
		"operations":         operations,
		"components":         map[string]any{"messages": messages, "schemas": schemas},
	}
}

func ref(to string) map[string]any { return map[string]any{"$ref": to} }

// headers are those of every message of the feed.
func headers() Schema {
	id := func(about string) Schema { return Schema{Type: "string", Description: about} }
	return Schema{
		Type: "object",
		Properties: map[string]Schema{
			"ce-specversion":   {Type: "string", Const: "1.0"},
			"ce-id":            id("The id of the fact: that of its act, with a number"),
			"ce-source":        {Type: "string", Format: "uri", Description: "The programme, as " + eventstore.FeedSource("<id>")},
			"ce-type":          id("The name of the fact"),
			"ce-subject":       id("What it is about, such as promise/<id>"),
			"ce-time":          {Type: "string", Format: "date-time", Description: "When it was recorded"},
			"content-type":     {Type: "string", Const: "application/json"},
			"ce-position":      {Type: "string", Pattern: "^[1-9][0-9]*$", Description: "Its position in the log"},
			"ce-act":           id("The act that led to it, perhaps with other facts"),
			"ce-correlationid": id("The first act of the chain that this one belongs to, if any"),
			"ce-causationid":   id("The act that this one answers, if any"),
		},
		Required: []string{
			"ce-specversion", "ce-id", "ce-source", "ce-type", "ce-subject", "ce-time", "content-type", "ce-position", "ce-act",
		},
	}
}
