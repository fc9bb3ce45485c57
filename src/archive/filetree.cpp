// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "archive/filetree.h"

#include <QStringList>

namespace Tagboat {

QString FileTree::pathOf(int position) const
{
    QStringList names;
    for (int at = position; at > 0; at = node(at).parent)
        names.prepend(node(at).name);
    return names.join(u'/');
}

int FileTree::find(const QString& path) const
{
    int at = 0;
    for (const QString& name : path.split(u'/', Qt::SkipEmptyParts)) {
        const FileNode& folder = node(at);
        int found = -1;
        for (int child = folder.firstChild; child < folder.firstChild + folder.childCount && found < 0; ++child) {
            if (node(child).name == name)
                found = child;
        }
        if (found < 0)
            return -1;
        at = found;
    }
    return at;
}

} // namespace Tagboat
