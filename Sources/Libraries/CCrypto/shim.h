#pragma once
// The functions of one hash, which OpenSSL 3 would rather see called through its providers: Docs/decisions/0160.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
