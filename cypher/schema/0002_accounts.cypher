// Keys of accounts, their one-time tokens and saved views.
CREATE CONSTRAINT account_id IF NOT EXISTS FOR (a:Account) REQUIRE a.id IS UNIQUE;
CREATE CONSTRAINT account_email IF NOT EXISTS FOR (a:Account) REQUIRE a.email_key IS UNIQUE;
CREATE CONSTRAINT sign_in_token IF NOT EXISTS FOR (t:SignInToken) REQUIRE t.hash IS UNIQUE;
CREATE CONSTRAINT saved_view_id IF NOT EXISTS FOR (v:SavedView) REQUIRE v.id IS UNIQUE;
CREATE CONSTRAINT saved_view_token IF NOT EXISTS FOR (v:SavedView) REQUIRE v.token_hash IS UNIQUE;
