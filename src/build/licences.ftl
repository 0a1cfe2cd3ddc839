<#-- One line a library: its file in lib/, its licences, where it comes from. dependencyMap is given by license-maven-plugin. -->
PARC is licensed under the Apache License 2.0. Its release holds these libraries, in lib/:

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
${library.artifactId}-${library.version}.jar: ${entry.getValue()?join(", or ")}<#if library.url??> (${library.url})</#if>
</#list>
