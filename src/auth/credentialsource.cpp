// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/credentialsource.h"

#include "auth/keychain.h"
#include "base/logging.h"

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
    Answer answer(std::in_place, credentialOf(profile.user, **secret));
    co_return answer;
}

Task<bool> toKeychain(std::shared_ptr<Keychain> keychain, Profile profile, QString used, QString next)
{
    auto replaced = co_await keychain->replace(profile.id, std::move(used), std::move(next), {});
    if (!replaced) {
        // The transfer goes on; it is the next login that misses it.
        qCWarning(lcAuth).noquote() << "the new identity token of" << profile.name
                                    << "is not kept:" << replaced.error().toString();
        co_return false;
    }
    if (!*replaced)
        qCInfo(lcAuth).noquote() << "another secret of" << profile.name << "was saved meanwhile, and stays";
    co_return *replaced;
}

Task<Answer> ready(std::optional<Credential> credential)
{
    co_return Answer(std::move(credential));
}

} // namespace

CredentialSource credentialSource(std::shared_ptr<Keychain> keychain, Profile profile)
{
    const auto read = [keychain, profile](std::stop_token stop) {
        return fromKeychain(keychain, profile, std::move(stop));
    };
    const auto replace = [keychain, profile](QString used, QString next) {
        return toKeychain(keychain, profile, std::move(used), std::move(next));
    };
    CredentialSource source(read, replace);
    source.turn = keychain->turnOf(profile.id);
    return source;
}

CredentialSource fixedCredential(Credential credential, CredentialSource::Replace replace)
{
    const auto read = [credential = std::move(credential)](std::stop_token) { return ready(credential); };
    return {read, std::move(replace)};
}

CredentialSource noCredential()
{
    return {[](std::stop_token) { return ready(std::nullopt); }};
}

} // namespace Tagboat
