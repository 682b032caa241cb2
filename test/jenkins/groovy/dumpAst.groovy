// Parses Groovy without resolving a class or running a line of it, and prints one JSON document a file: its syntax tree or its errors.
// Run by Groovy 2.4, the version that Jenkins embeds: groovy dumpAst.groovy FILE ...
import groovy.json.JsonOutput
import org.codehaus.groovy.ast.expr.*
import org.codehaus.groovy.ast.stmt.*
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.Phases
import org.codehaus.groovy.control.SourceUnit
import org.codehaus.groovy.control.messages.SyntaxErrorMessage

class Dumper {
    List<String> lines

    Map dump(node) {
        def found = describe(node)
        found.line = node.lineNumber
        found.column = node.columnNumber
        found
    }

    List all(nodes) { nodes.collect { dump(it) } }

    private Map describe(node) {
        switch (node) {
            case BlockStatement: return [type: 'block', body: all(node.statements)]
            case ExpressionStatement: return [type: 'expression', value: dump(node.expression), label: node.statementLabels?.first()]
            case ReturnStatement: return [type: 'return', value: dump(node.expression)]
            case IfStatement:
                def otherwise = node.elseBlock instanceof EmptyStatement ? null : dump(node.elseBlock)
                return [type: 'if', condition: dump(node.booleanExpression), then: dump(node.ifBlock), otherwise: otherwise]
            case TryCatchStatement:
                def caught = node.catchStatements.collect { [variable: it.variable.name, kind: it.exceptionType.name, body: dump(it.code)] }
                def last = node.finallyStatement instanceof EmptyStatement ? null : dump(node.finallyStatement)
                return [type: 'try', body: dump(node.tryStatement), catches: caught, last: last]
            case ThrowStatement: return [type: 'throw', value: dump(node.expression)]
            case EmptyStatement: return [type: 'block', body: []]
            case NotExpression: return [type: 'not', value: dump(node.expression)]
            case BooleanExpression: return dump(node.expression)
            case GStringExpression: return [type: 'gstring', strings: node.strings*.value, values: all(node.values)]
            case ConstantExpression: return [type: 'constant', value: literal(node.value), quote: quoteOf(node)]
            case DeclarationExpression: return [type: 'declaration', name: nameOf(node.leftExpression), value: dump(node.rightExpression)]
            case BinaryExpression: return [type: 'binary', operator: node.operation.text, left: dump(node.leftExpression), right: dump(node.rightExpression)]
            case ElvisOperatorExpression: return [type: 'elvis', value: dump(node.trueExpression), otherwise: dump(node.falseExpression)]
            case TernaryExpression: return [type: 'ternary', condition: dump(node.booleanExpression), then: dump(node.trueExpression), otherwise: dump(node.falseExpression)]
            case MethodCallExpression: return call(node)
            case StaticMethodCallExpression: return [type: 'other', kind: 'StaticMethodCallExpression']
            case ClosureExpression: return [type: 'closure', parameters: (node.parameters ?: [])*.name, body: dump(node.code)]
            case MapEntryExpression: return [type: 'entry', key: dump(node.keyExpression), value: dump(node.valueExpression)]
            case MapExpression: return [type: 'map', entries: all(node.mapEntryExpressions)]
            case ListExpression: return [type: 'list', items: all(node.expressions)]
            case PropertyExpression: return [type: 'property', object: dump(node.objectExpression), name: dump(node.property), safe: node.safe]
            case VariableExpression: return [type: 'variable', name: node.name]
            case ClassExpression: return [type: 'variable', name: node.type.name]
            case UnaryMinusExpression: return [type: 'minus', value: dump(node.expression)]
            case CastExpression: return [type: 'cast', kind: node.type.name, value: dump(node.expression)]
            case ArgumentListExpression: return [type: 'list', items: all(node.expressions)]
            case TupleExpression: return [type: 'list', items: all(node.expressions)]
            default: return [type: 'other', kind: node.getClass().simpleName]
        }
    }

    private Map call(node) {
        def named = node.arguments instanceof TupleExpression && !(node.arguments instanceof ArgumentListExpression)
        def items = node.arguments instanceof TupleExpression ? all(node.arguments.expressions) : [dump(node.arguments)]
        [type: 'call', object: node.implicitThis ? null : dump(node.objectExpression), method: dump(node.method), arguments: items, named: named, safe: node.safe]
    }

    private nameOf(left) { left instanceof VariableExpression ? left.name : null }

    private literal(value) { value == null || value instanceof String || value instanceof Number || value instanceof Boolean ? value : value.toString() }

    /** How a string is written: one of ' " ''' and their kin; a bare word has none. */
    private quoteOf(node) {
        if (!(node.value instanceof String) || node.lineNumber < 1 || node.lineNumber > lines.size()) return null
        def text = lines[node.lineNumber - 1]
        def at = node.columnNumber - 1
        if (at >= text.length()) return null
        if (text.startsWith("'''", at) || text.startsWith('"""', at)) return text.substring(at, at + 3)
        def first = text.substring(at, at + 1)
        first == "'" || first == '"' || first == '/' || first == '$' ? first : null
    }
}

Map parse(File file) {
    def text = file.getText('UTF-8')
    def unit = new CompilationUnit()
    def source = unit.addSource('Jenkinsfile', text)
    try {
        unit.compile(Phases.CONVERSION)
    } catch (MultipleCompilationErrorsException failure) {
        def errors = failure.errorCollector.errors.collect {
            it instanceof SyntaxErrorMessage ? [message: it.cause.originalMessage, line: it.cause.line] : [message: it.toString(), line: 0]
        }
        return [file: file.path, errors: errors]
    }
    def tree = source.AST
    def dumper = new Dumper(lines: text.readLines())
    [
        file: file.path,
        errors: [],
        imports: (tree.imports + tree.starImports)*.text + tree.staticImports.values()*.text + tree.staticStarImports.values()*.text,
        annotations: (tree.imports*.annotations.flatten())*.classNode*.name,
        methods: tree.methods*.name,
        classes: tree.classes.findAll { !it.script }*.name,
        body: dumper.all(tree.statementBlock.statements),
    ]
}

args.each { println JsonOutput.toJson(parse(new File(it))) }
