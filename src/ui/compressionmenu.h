// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QMenu>

class QActionGroup;

namespace Tagboat {

class Workbench;

/*!
 * \brief The choice how the plain layers of archives are compressed when they come in.
 *
 * Shows what the settings say each time it opens, since the command line shares them; a choice that was made
 * by hand there has an entry of its own. It is called menuCompression, its actions compressionDefault,
 * compression_gzip_2, compression_gzip_6, compression_zstd_3, compression_zstd_15 and compressionOther.
 */
class CompressionMenu : public QMenu
{
    Q_OBJECT

public:
    CompressionMenu(Workbench& workbench, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showChosen();
    void retranslate();

    Workbench& m_workbench;
    QActionGroup* m_choices;
    QAction* m_default;
    QAction* m_other;
};

} // namespace Tagboat
