// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imagefiles.h"

#include <QDialog>

#include <memory>

namespace Tagboat {

class Workbench;
struct Error;

/*!
 * \brief What is in a file of an image: text, or a hex dump of anything else; its first MiB.
 *
 * Object names: filePath, fileText, fileBytes (the dump), fileInfo, findBar (findEdit, findNext,
 * findPrevious, findResult, findClose), wrapBox, hexBox, saveAsButton, strip.
 */
class FileViewDialog : public QDialog
{
    Q_OBJECT

public:
    //! \a imageTitle is what the image is called, \a size the file's as far as it is known, else -1.
    FileViewDialog(Workbench& workbench, const FileInImage& file, const QString& imageTitle, qint64 size,
                   QWidget* parent);
    ~FileViewDialog() override;

    //! So much is read and shown.
    static constexpr qint64 MostShown = 1024 * 1024;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void load();
    void showBytes(const QByteArray& bytes);
    void appendText();
    void showHex(bool hex);
    void openFind();
    void closeFind();
    void find(bool backward, bool again);
    void findInBytes(bool backward, bool again);
    void save();
    void showFailure(const Error& error, bool canRetry);
    void retranslate();
    void updateInfo();

    struct Private;
    std::unique_ptr<Private> d;
};

//! Opens one beside \a parent and returns at once; it deletes itself.
void openFileViewDialog(Workbench& workbench, QWidget* parent, const FileInImage& file,
                        const QString& imageTitle, qint64 size);

} // namespace Tagboat
