// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"

#include "auth/keychain.h"

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

using Answer = Result<std::optional<Credential>>;

Task<Answer> fromKeychain(std::shared_ptr<Keychain> keychain, Profile profile, std::stop_token stop)
{
    if (profile.isAnonymous()) {
        Answer nobody; // named: GCC 14 takes a temporary optional for uninitialised under the sanitizers
        co_return nobody;
    }
    auto secret = co_await keychain->read(profile.id, stop);
    if (!secret) {
        Error error = std::move(secret.error());
        error.subject = profile.name;
        co_return fail(std::move(error));
    }
    if (!*secret) {
        co_return fail(
            Error::make(Error::Code::Unauthorized, profile.name, u"no password is stored for this profile"_s)
                .during(u"read password"_s));
    }
    Answer answer(std::in_place, Credential{profile.user, **secret, profile.user == "<token>"_L1});
    co_return answer;
}

Task<Answer> ready(std::optional<Credential> credential)
{
    co_return Answer(std::move(credential));
}

} // namespace

Authorizer::CredentialSource credentialSource(std::shared_ptr<Keychain> keychain, Profile profile)
{
    return [keychain = std::move(keychain), profile = std::move(profile)](std::stop_token stop) {
        return fromKeychain(keychain, profile, std::move(stop));
    };
}

Authorizer::CredentialSource fixedCredential(Credential credential)
{
    return [credential = std::move(credential)](std::stop_token) { return ready(credential); };
}

Authorizer::CredentialSource noCredential()
{
    return [](std::stop_token) { return ready(std::nullopt); };
}

} // namespace Tagboat
