package projections

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// How a file is opened. Nothing refers to other tables by foreign key: a
// cache is right because of what it is made from. Deleted text is overwritten,
// because a table can hold what a person has the right to have erased.
const (
	toFollow = "_journal_mode=WAL&_synchronous=NORMAL&_secure_delete=on&_cache_size=-65536" + only
	toFill   = "_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-262144" + only
	toRecall = "vfs=memdb&_journal_mode=OFF&_synchronous=OFF" + only

	// One goroutine at a time writes, so SQLite need not guard against more.
	only = "&_mutex=no&_foreign_keys=off"
)

// OpenReader opens a file of read models for reading only: its connections
// select, and call the functions that questions need. Everything else is
// refused, whatever the text of a query says.
func OpenReader(path string) (*sql.DB, error) { return openReader(path, "mode=ro") }

func openReader(path, options string) (*sql.DB, error) {
	db := open(path, options+"&_stmt_cache_size=128", max(4, 2*runtime.GOMAXPROCS(0)), restricted)
	if err := db.Ping(); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// tempered keeps in memory what SQLite would put aside in the folder for
// temporary files, where texts of people do not belong.
func tempered(c *sqlite3.SQLiteConn) error {
	_, err := c.Exec("PRAGMA temp_store = memory", nil)
	return err
}

// restricted makes a connection refuse all but questions.
func restricted(c *sqlite3.SQLiteConn) error {
	if err := tempered(c); err != nil {
		return err
	}
	if _, err := c.Exec("PRAGMA query_only = on", nil); err != nil {
		return err
	}
	c.RegisterAuthorizer(func(op int, _, name, _ string) int {
		switch op {
		case sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION, recursive:
			return sqlite3.SQLITE_OK
		case sqlite3.SQLITE_FUNCTION:
			if functions[strings.ToLower(name)] {
				return sqlite3.SQLITE_OK
			}
		}
		return sqlite3.SQLITE_DENY
	})
	return nil
}

// recursive is SQLITE_RECURSIVE, which the driver does not name.
const recursive = 33

// functions are what a question may call. None reads a clock, draws at
// random, allocates as much as it is told, or reaches outside the file.
var functions = func() map[string]bool {
	allowed := map[string]bool{}
	for name := range strings.FieldsSeq(`
		abs avg ceil ceiling coalesce concat concat_ws count floor format group_concat ifnull iif instr
		length like glob lower ltrim max min mod nullif octet_length printf quote replace round rtrim
		sign string_agg substr substring sum total trim typeof unicode upper

		cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number

		-> ->> json json_array json_array_length json_each json_extract json_group_array
		json_group_object json_object json_patch json_quote json_tree json_type json_valid
	`) {
		allowed[name] = true
	}
	return allowed
}()

// open returns a pool of connections to a file. The driver is not registered
// under a name, so that nobody else can open a file in the same way.
func open(path, options string, connections int, hook func(*sqlite3.SQLiteConn) error) *sql.DB {
	uri := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()
	db := sql.OpenDB(connector{uri + "?" + options, &sqlite3.SQLiteDriver{ConnectHook: hook}})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }
func (c connector) Driver() driver.Driver                        { return c.driver }
