// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/imagenames.h"

#include "oci/reference.h"

namespace Tagboat {

QString canonicalName(const QString& name)
{
    const auto reference = Reference::parse(name);
    if (!reference || reference->tag().isEmpty())
        return {};
    if (reference->digest().isNull())
        return reference->canonical();
    const auto tagged = reference->withTag(reference->tag());
    return tagged ? tagged->canonical() : QString();
}

QString annotatedName(const Descriptor& descriptor)
{
    if (const QString name = canonicalName(descriptor.annotations.value(ImageNameAnnotation));
        !name.isEmpty())
        return name;
    const QString refName = descriptor.annotations.value(RefNameAnnotation);
    return refName.contains(u'/') || refName.contains(u':') ? canonicalName(refName) : QString();
}

} // namespace Tagboat
