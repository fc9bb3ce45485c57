// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/httpclient.h"

namespace Tagboat {

namespace {

bool isSameName(QByteArrayView a, QByteArrayView b)
{
    return a.compare(b, Qt::CaseInsensitive) == 0;
}

} // namespace

void HttpHeaders::set(const QByteArray& name, QByteArray value)
{
    m_fields.removeIf([&](const auto& field) { return isSameName(field.first, name); });
    add(name, std::move(value));
}

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    for (const auto& [fieldName, fieldValue] : m_fields) {
        if (isSameName(fieldName, name))
            return fieldValue;
    }
    return {};
}

QByteArrayList HttpHeaders::values(QByteArrayView name) const
{
    QByteArrayList all;
    for (const auto& [fieldName, fieldValue] : m_fields) {
        if (isSameName(fieldName, name))
            all += fieldValue;
    }
    return all;
}

bool HttpHeaders::contains(QByteArrayView name) const
{
    return std::ranges::any_of(m_fields, [&](const auto& field) { return isSameName(field.first, name); });
}

} // namespace Tagboat
