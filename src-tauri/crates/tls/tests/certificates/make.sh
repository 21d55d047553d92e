#!/bin/bash
# Certificates that no library of ours makes, valid for a hundred years: made once, with OpenSSL 3.
set -e
cd "$(dirname "$0")"
days="-days 36500"
key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key"; }
printf 'subjectAltName=DNS:dir.test\nbasicConstraints=CA:FALSE\n' >leaf.ext
key authority
openssl req -x509 -new -key authority.key -subj '/CN=Old Company CA' $days -out authority.pem \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
key server
openssl req -new -key server.key -subj /CN=dir.test -out server.csr
sign() { openssl x509 -req -in "${2:-server}.csr" -CA "${3:-authority}.pem" -CAkey "${3:-authority}.key" $days -out "$1.pem" "${@:4}"; }
sign sha1 server authority -sha1 -extfile leaf.ext
openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key $days -out version1.pem
# Keys of RSA that are too short: of the server, and of its CA. MD5 goes with RSA only.
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out short.key
openssl req -new -key short.key -subj /CN=dir.test -out short.csr
sign short short authority -extfile leaf.ext
openssl req -x509 -new -key short.key -subj '/CN=Short Company CA' $days -out short-authority.pem \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
cp short.key short-authority.key
sign short-issued server short-authority -extfile leaf.ext
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-authority.key
openssl req -x509 -new -key rsa-authority.key -subj '/CN=RSA Company CA' $days -out rsa-authority.pem \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
sign md5 server rsa-authority -md5 -extfile leaf.ext
# Only the server's key is of use afterwards.
rm -f ./*.csr leaf.ext authority.key short.key short-authority.key rsa-authority.key ./*.srl
