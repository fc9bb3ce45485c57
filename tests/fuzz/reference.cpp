// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "target.h"

#include "oci/platform.h"
#include "oci/reference.h"
#include "oci/tagversion.h"

#include <QString>

using namespace Tagboat;
using namespace Tagboat::Fuzz;

namespace {

void checkPrintedForms(const Reference& reference)
{
    const Result<Reference> again = Reference::parse(reference.canonical());
    require(again && *again == reference, "the canonical form reads as the same reference");
    const Result<Reference> familiar = Reference::parse(reference.familiar());
    require(familiar && *familiar == reference, "the familiar form reads as the same reference");
    require(Reference::isValidRepository(reference.repository()), "a parsed repository is valid");
    require(reference.tag().isEmpty() || Reference::isValidTag(reference.tag()), "a parsed tag is valid");
    require(!reference.tagOrDigest().isEmpty(), "something can be asked of a registry");
    require(!reference.repository().contains(QLatin1StringView("..")), "no way up in a repository");
}

} // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    const QString text = QString::fromUtf8(view(data, size));
    if (const Result<Reference> reference = Reference::parse(text))
        checkPrintedForms(*reference);
    else
        require(reference.error().code == Error::Code::InvalidInput && reference.error().subject == text,
                "errors name the input");
    if (const Result<Reference> pasted = Reference::parsePasted(text))
        checkPrintedForms(*pasted);
    if (const Result<Reference> repository = Reference::parseRepository(text))
        require(repository->tag().isEmpty() && repository->digest().isNull(),
                "a repository has neither tag nor digest");
    if (const Result<Digest> digest = Digest::parse(text))
        require(digest->toString() == text && !text.contains(u'/'), "a digest is safe as a file name");
    if (const Result<Platform> platform = Platform::parse(text)) {
        require(platform->normalized() == platform->normalized().normalized(),
                "normalising twice changes nothing");
        require(platform->preference(*platform) == 0, "a platform runs itself best");
    }
    if (const std::optional<TagVersion> version = TagVersion::parse(text)) {
        require(TagVersion::compare(*version, *version) == 0, "a version equals itself");
        for (const QString& shorter : version->cascade())
            require(!Reference::isValidTag(text) || Reference::isValidTag(shorter),
                    "a cascade consists of valid tags");
    }
    require(!tagLessThan(text, text), "nothing is less than itself");
    return 0;
}
