# SPDX-FileCopyrightText: 2026 The Tagboat authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Target update_translations: brings new strings of the sources into the .ts files. tagboat_en.ts holds plural forms only.
set(translated src/models src/ui src/app forms)
add_custom_target(update_translations
    COMMAND Qt6::lupdate -silent -locations none -no-obsolete -I src ${translated} -ts translations/tagboat_ko.ts
    COMMAND Qt6::lupdate -silent -locations none -no-obsolete -pluralonly -I src ${translated} -ts translations/tagboat_en.ts
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Bringing new strings into translations/"
    VERBATIM
)

qt_add_lrelease(
    TS_FILES ${CMAKE_SOURCE_DIR}/translations/tagboat_ko.ts ${CMAKE_SOURCE_DIR}/translations/tagboat_en.ts
    QM_FILES_OUTPUT_VARIABLE qm_files
)
qt_add_resources(tagboat_ui translations
    PREFIX /tagboat/translations
    BASE ${CMAKE_CURRENT_BINARY_DIR}
    FILES ${qm_files}
)
