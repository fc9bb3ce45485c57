// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "workbench/imageinside.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;

namespace Tagboat {

class Workbench;

/*!
 * \brief The documents of an image to the byte: index, manifests, configs, and what an artifact holds as
 * text.
 *
 * Each is read and hashed when it is chosen; a mark says whether its bytes are those that the digest names.
 * Shown indented for reading, or exactly as it is. Ctrl+F searches. Widgets: jsonChooser, jsonFormBox,
 * jsonCopyButton, jsonSaveButton, jsonFindButton, jsonMark, jsonDigest, jsonView, findBar (findEdit,
 * findNextButton, findPreviousButton, findCloseButton, findCount).
 */
class JsonTab : public QWidget
{
    Q_OBJECT

public:
    explicit JsonTab(QWidget* parent = nullptr);
    ~JsonTab() override;

    void setWorkbench(Workbench* workbench);
    //! What was chosen stays chosen where it is there still; else the document of the same kind of \a
    //! manifest.
    void setInside(const ImageInside& inside, const Digest& manifest);
    void clear();
    void retranslate();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fillChooser(const Digest& wanted);
    void read();
    void showBytes();
    void save();
    void openFind();
    void closeFind();
    void find(bool backwards);
    void markMatches();
    [[nodiscard]] QString nameOf(const ImageDocument& document) const;
    [[nodiscard]] const ImageDocument* chosen() const;

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tagboat
