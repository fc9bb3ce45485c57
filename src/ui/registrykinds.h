// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/profile.h"

#include <QList>
#include <QString>

namespace Tagboat {

//! One of several ways to log in to a kind of registry.
struct LoginMethod
{
    QString title;            //!< "Access key"
    QString user = {};        //!< fixed by the vendor: "_json_key"; empty: typed
    QString userCaption = {}; //!< with mnemonic; empty: "User"
    QString secretCaption;    //!< "Access token", with mnemonic
    QString help;             //!< rich text: what is wanted, where it is made
    bool isKeyFile = false;   //!< the secret is the text of a file
};

//! How the form of Add account looks for one kind of registry: words only, never the protocol.
struct RegistryKind
{
    RegistryType type = RegistryType::Other;
    QString title;
    QString iconName;
    QString monogram = {};      //!< in place of an icon: brands have no free one
    QString host;               //!< filled in and fixed where there is only one
    QString hostExample;        //!< grey in the empty field
    QList<LoginMethod> methods; //!< one at least; the first is the usual one
    bool canBeAnonymous = false;
};

//! In the order of the tiles, in the current language.
[[nodiscard]] QList<RegistryKind> registryKinds();
//! "Docker Hub", or the host.
[[nodiscard]] QString proposedAccountName(RegistryType type, const QString& registry);

} // namespace Tagboat
