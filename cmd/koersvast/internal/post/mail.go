package post

import (
	"context"
	"errors"
	"fmt"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// What can come of sending a mail, besides that nothing is known: then the
// server has trouble, and it is no use to send it another one now.
var (
	ErrRefused = errors.New("post: the server does not take mail for this address")
	ErrLater   = errors.New("post: the server does not take mail for this address now")
)

// How the connection with a server is protected.
const (
	StartTLS = "starttls"
	TLS      = "tls"
	Plain    = "none"
)

// A Server is where mail is handed over.
type Server struct {
	Host     string
	Port     int
	User     string // none means that the server does not ask who we are
	Password string
	From     string // the address that mail comes from
	TLS      string // one of the above
}

// A Line is a connection with a server, by one who sends.
type Line struct {
	server Server
	client *mail.Client
	smtp   *smtp.Client
}

// Call connects with the server.
func (s Server) Call(ctx context.Context) (*Line, error) {
	options := []mail.Option{mail.WithPort(s.Port)}
	switch s.TLS {
	case TLS:
		options = append(options, mail.WithSSL())
	case Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("post: %w", err)
	}
	line, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return nil, fmt.Errorf("post: %w", err)
	}
	return &Line{s, client, line}, nil
}

// Close hangs up.
func (l *Line) Close() error { return l.client.CloseWithSMTPClient(l.smtp) }

// An Envelope is what a letter goes in.
type Envelope struct {
	ID          string // of the mail: servers know by it that they have it already
	To          string
	Sender      string // the name that it comes from
	ReplyTo     string
	Unsubscribe string // an address, or none
}

// Send sends a letter. It fails with [ErrRefused] or
// [ErrLater] when that is about the address. Errors name nobody.
func (l *Line) Send(e Envelope, letter Letter) error {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.SetMessageIDWithValue(e.ID)
	m.SetDate()
	m.Subject(letter.Subject)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // so that no holiday says who has not read it
	m.SetGenHeader(mail.HeaderContentLang, string(letter.Lang))
	if e.Unsubscribe != "" {
		m.SetListUnsubscribe(e.Unsubscribe)
	}
	if err := m.FromFormat(e.Sender, l.server.From); err != nil {
		return errors.New("post: the address that mail comes from is none")
	}
	if e.ReplyTo != "" {
		_ = m.ReplyTo(e.ReplyTo) // one that is no address is left out
	}
	if err := m.To(e.To); err != nil {
		return ErrRefused
	}
	page, err := letter.HTML()
	if err != nil {
		return err
	}
	m.SetBodyString(mail.TypeTextPlain, letter.Text())
	m.AddAlternativeString(mail.TypeTextHTML, page)

	err = l.client.SendWithSMTPClient(l.smtp, m)
	if err == nil || m.IsDelivered() {
		return nil
	}
	refused, ok := errors.AsType[*mail.SendError](err)
	if !ok {
		return errors.New("post: the server did not take a mail")
	}
	about := refused.Reason == mail.ErrSMTPRcptTo || refused.Reason == mail.ErrSMTPData || refused.Reason == mail.ErrSMTPDataClose
	switch code := refused.ErrorCode(); {
	case about && code >= 500:
		return ErrRefused
	case about && code >= 400:
		return ErrLater
	default:
		return fmt.Errorf("post: the server did not take a mail: %s, %d", refused.Reason, code)
	}
}
